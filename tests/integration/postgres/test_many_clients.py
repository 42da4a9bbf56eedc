"""Searching and paging stay fast with a hundred thousand clients: the planner uses indexes."""

from collections.abc import AsyncIterator
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql

from adapters.postgres import PostgresDatabase, TokenCipher
from adapters.postgres.clients import client_statements
from domain.clients.client_query import ClientQuery
from domain.language import Language
from domain.naming import search_key, search_words, sort_key
from tests.contract.storage.practice import new_practice
from tests.tally import tally

MANY = 100_000
SL = Language.SLOVENE
_FIRST = ["Žiga", "Ana", "Marija", "Luka", "Črt", "Špela", "Jože", "Zoë", "Matej", "Katarina"]
_PARTS = ["Nov", "Šuš", "Kov", "Zup", "Hri", "O’Ne", "Bož", "Čer", "Viđ", "Pot"]
_ENDS = ["ak", "tar", "ič", "an", "bar", "ill", "ek", "nik", "mar", "očnik"]


def _name(number: int) -> str:
    first, part, more, end = (number // 10**place % 10 for place in range(4))
    return f"{_FIRST[first]} {_PARTS[part]}{_PARTS[more].lower()}{_ENDS[end]}-{number // 10_000}"


def _fill(address: str, here: UUID) -> None:
    columns = "organization_id, id, name, email, search_key, sort_en, sort_sl"
    with psycopg.connect(address, autocommit=True) as connection:
        with connection.cursor() as cursor, cursor.copy(f"COPY clients ({columns}) FROM STDIN") as rows:
            for number in range(MANY):
                name, email = _name(number), f"client{number}@example.org"
                keys = (search_key(name, email), sort_key(name, Language.ENGLISH), sort_key(name, SL))
                rows.write_row((here, uuid4(), name, email, *keys))
        connection.execute("VACUUM ANALYZE clients")


@pytest.fixture
async def crowded(database: str) -> AsyncIterator[tuple[PostgresDatabase, UUID]]:
    async with PostgresDatabase(database, TokenCipher([bytes(32)])) as storage:
        practice = await new_practice(storage)
        _fill(database, practice.id)
        yield storage, practice.id


def _plan(address: str, statement: Executable, values: dict[str, Any]) -> str:
    compiled = statement.compile(dialect=postgresql.dialect())  # type: ignore[attr-defined,no-untyped-call]
    with psycopg.connect(address) as connection:
        found = connection.execute(f"EXPLAIN {compiled}".encode(), {**compiled.params, **values}).fetchall()
    return "\n".join(row[0] for row in found)


async def test_a_hundred_thousand_clients(crowded: tuple[PostgresDatabase, UUID], database: str) -> None:
    storage, here = crowded
    typed = "sustar ziga"
    patterns = {f"word_{n}": f"%{word}%" for n, word in enumerate(search_words(typed))}
    begins = {f"begin_{n}": f"% {word}%" for n, word in enumerate(search_words(typed))}
    asked = {"organization_id": here, "most": 100, **patterns}
    assert "clients_searched" in _plan(database, client_statements.find(2, SL, False), asked | begins)
    first_page = _plan(database, client_statements.page(0, SL, False, False), {"organization_id": here, "most": 51})
    assert "clients_sorted_sl" in first_page
    place = {"after_key": sort_key("M", SL), "after_id": UUID(int=0), "organization_id": here, "most": 51}
    assert "clients_sorted_sl" in _plan(database, client_statements.page(0, SL, False, True), place)
    figures = {}
    for what, query in {
        "two_words_ms": ClientQuery(SL, typed, most=100),
        "one_letter_ms": ClientQuery(SL, "z", most=100),
        "nobody_ms": ClientQuery(SL, "qqq", most=100),
    }.items():
        figures[what] = await _milliseconds(storage, lambda work, it=query: work.clients.find(here, it))
    page = ClientQuery(SL, after=(sort_key("M", SL), UUID(int=0)))
    figures["page_ms"] = await _milliseconds(storage, lambda work: work.clients.page(here, page))
    tally("Clients", "search among 100,000", clients=MANY, **figures)
    assert figures["two_words_ms"] < 100


async def _milliseconds(storage: PostgresDatabase, ask: Any) -> int:
    taken = []
    for _ in range(5):
        async with storage.begin() as work:
            began = perf_counter()
            await ask(work)
            taken.append(perf_counter() - began)
    return round(median(taken) * 1000)
