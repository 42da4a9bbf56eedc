"""How many statements each question takes, however many clients, bookings or lines there are."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from adapters.postgres import PostgresDatabase
from domain.accounts.login_session import LoginSession
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.booking.booking_views import BookingQuery, Only
from domain.clients.client import Client
from domain.clients.client_query import ClientQuery
from domain.language import Language
from domain.lease import Lease
from domain.meeting.host import Host
from domain.ports.unit_of_work import UnitOfWork
from tests.contract.storage.practice import NOW, PROVIDER, Practice, connected, edited, stored
from tests.creations import creation_of
from tests.integration.postgres.counting import Count, counted

Deed = Callable[[UnitOfWork], Awaitable[Any]]


@pytest.fixture(autouse=True)
async def _warm(postgres: PostgresDatabase) -> None:
    """The first connection of a pool asks the server about itself."""
    await postgres.views.one(uuid4(), uuid4())


@pytest.fixture
async def crowded(postgres: PostgresDatabase, practice: Practice) -> Practice:
    """With many clients, bookings and connections."""
    many = tuple(Client(practice.id, uuid4(), f"N{number}", "n@example.com") for number in range(60))
    async with postgres.begin() as work:
        for client in many:
            await work.clients.add(client)
        await work.commit()
    crowded = replace(practice, clients=many)
    bookings = (crowded.details(hours=24 + number, clients=many[:30], provider=PROVIDER) for number in range(40))
    await stored(postgres, *map(crowded.booking, bookings))
    await connected(postgres, crowded.connection(), crowded.connection(crowded.bor))
    return crowded


@asynccontextmanager
async def _statements(database: PostgresDatabase) -> AsyncIterator[tuple[UnitOfWork, Count]]:
    async with database.begin() as work:
        with counted() as count:
            yield work, count


async def test_the_count_counts(postgres: PostgresDatabase, practice: Practice) -> None:
    async with _statements(postgres) as (work, count):
        await work.people.account(practice.id, practice.ana.id)
        await postgres.views.one(practice.id, uuid4())
    assert len(count) == 2


async def test_reading_takes_one_statement(postgres: PostgresDatabase, crowded: Practice) -> None:
    week = BookingQuery(NOW, NOW + timedelta(days=7))
    booking_id = (await postgres.views.page(crowded.id, week))[0].id
    queries = [
        week,
        replace(week, text="n1", consultant_id=crowded.ana.id, after=(NOW, uuid4())),
        replace(week, only=Only.AT_RISK, now=NOW),
    ]
    for query in queries:
        with counted() as count:
            assert len(await postgres.views.page(crowded.id, query)) == 40
        assert len(count) == 1
    with counted() as count:
        assert [one.sessions for one in await postgres.views.upcoming(crowded.id, now=NOW)] == [40]
    assert len(count) == 1
    with counted() as count:
        assert len((await postgres.views.one(crowded.id, booking_id)).clients) == 30  # type: ignore[union-attr]
    assert len(count) == 1


async def test_changing_a_booking_takes_one_statement_each(postgres: PostgresDatabase, crowded: Practice) -> None:
    booking = crowded.booking(crowded.details(hours=100, clients=crowded.clients[:50], provider=PROVIDER))
    other = edited(booking, crowded.details(hours=101, clients=crowded.clients[20:], provider=PROVIDER))
    lease = Lease(uuid4(), NOW + timedelta(minutes=1))
    deeds: list[Deed] = [
        lambda work: work.bookings.add(booking, creation_of(booking), now=NOW),
        lambda work: work.bookings.to_change(crowded.id, booking.id),
        lambda work: work.bookings.save(other, now=NOW),
        lambda work: work.bookings.lease_due(lease, now=NOW, most=20),
        lambda work: work.bookings.of_host(Host(crowded.id, crowded.ana.id, PROVIDER), ending_after=NOW),
        lambda work: work.bookings.save(other.delete(expected_version=None), now=NOW),
    ]
    await _each_takes_one(postgres, deeds)


async def test_the_others_take_one_statement_each(postgres: PostgresDatabase, crowded: Practice) -> None:
    entries = [AuditEntry(crowded.id, uuid4(), NOW, Action.CREATE, facts=Facts(name="b")) for _ in range(30)]
    ids = [client.id for client in crowded.clients]
    connection = crowded.connection()
    hosts = [Host(crowded.id, who.id, PROVIDER) for who in (crowded.ana, crowded.bor)]
    deeds: list[Deed] = [
        lambda work: work.audit_log.add(*entries),
        lambda work: work.audit_log.calls_of_hosts(crowded.id, hosts, counted=[Action.CREATE], since=NOW),
        lambda work: work.people.accounts(crowded.id, {crowded.ana.id, crowded.bor.id}),
        lambda work: work.clients.known(crowded.id, ids),
        lambda work: work.clients.named(crowded.id, ids, Language.SLOVENE),
        lambda work: work.clients.find(crowded.id, ClientQuery(Language.SLOVENE, "n")),
        lambda work: work.login_sessions.add(LoginSession.begin(crowded.id, b"t", crowded.ana.id, now=NOW)),
        lambda work: work.login_sessions.account(crowded.id, b"t"),
        lambda work: work.connections.find(Host(crowded.id, crowded.ana.id, PROVIDER)),
        lambda work: work.connections.save(connection),
        lambda work: work.connections.of_organization(crowded.id),
        lambda work: work.connections.remove(connection),
    ]
    await _each_takes_one(postgres, deeds)


async def _each_takes_one(postgres: PostgresDatabase, deeds: list[Deed]) -> None:
    async with postgres.begin() as work:
        for deed in deeds:
            with counted() as count:
                await deed(work)
            assert len(count) == 1, count


async def test_a_known_sign_in_takes_none(postgres: PostgresDatabase, practice: Practice) -> None:
    async with postgres.begin() as work:
        await work.login_sessions.add(LoginSession.begin(practice.id, b"t", practice.ana.id, now=NOW))
        await work.commit()
    with counted() as count:
        assert await postgres.login_sessions.account(practice.id, b"t")
    assert len(count) == 1
    with counted() as count:
        assert await postgres.login_sessions.account(practice.id, b"t")
    assert count == []
