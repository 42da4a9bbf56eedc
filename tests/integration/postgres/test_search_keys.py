"""Clients and sessions that a release before the search keys stored are found all the same; and what a server needs."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from adapters.postgres import PostgresDatabase, TokenCipher
from adapters.postgres.operations.extensions import ExtensionMissing
from adapters.postgres.operations.migrate import current, downgrade, upgrade
from application.clients.add_search_keys import AddSearchKeys
from domain.booking.booking_views import BookingQuery
from domain.clients.client_query import ClientQuery
from domain.language import Language
from tests.contract.storage.practice import NOW, new_practice, stored

SL = Language.SLOVENE


async def test_rows_of_the_release_before_are_found_and_get_their_keys(database: str) -> None:
    async with PostgresDatabase(database, TokenCipher([bytes(32)])) as storage:
        practice = await new_practice(storage)
        await stored(storage, practice.booking(practice.details(title="Đurđin pogovor")))
        with psycopg.connect(database) as before:
            before.execute("UPDATE bookings SET search_key = NULL")
            before.execute("UPDATE clients SET search_key = NULL, sort_en = NULL, sort_sl = NULL")
            row = [practice.id, uuid4(), "Šuštar Žiga", "z@example.com"]
            before.execute("INSERT INTO clients (organization_id, id, name, email) VALUES (%s, %s, %s, %s)", row)

        async def find(text: str) -> list[str]:
            async with storage.begin() as work:
                return [one.name for one in await work.clients.find(practice.id, ClientQuery(SL, text))]

        assert await find("ziga sustar") == ["Šuštar Žiga"]
        week = BookingQuery(NOW, NOW + timedelta(days=7), text="durdin client")
        assert len(await storage.views.page(practice.id, week)) == 1
        assert await AddSearchKeys(storage.begin, at_once=2)() == 5
        assert await AddSearchKeys(storage.begin)() == 0
        assert await find("ziga sustar") == ["Šuštar Žiga"]
        assert await find("") == ["Client 0", "Client 1", "Client 2", "Client 3", "Šuštar Žiga"]


def test_a_role_that_may_not_create_an_extension_is_told_what_to_do(database: str) -> None:
    downgrade(database, "0009")
    role = f"limited_{uuid4().hex[:8]}"
    with psycopg.connect(database, autocommit=True) as administrator:
        administrator.execute("DROP EXTENSION pg_trgm")
        administrator.execute(f"CREATE ROLE {role}".encode())
        administrator.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}".encode())
        try:
            limited = f"{database}{'&' if '?' in database else '?'}options=-c%20role%3D{role}"
            with pytest.raises(ExtensionMissing, match="CREATE EXTENSION pg_trgm"):
                upgrade(limited)
            assert current(database) == "0009"
        finally:
            administrator.execute(f"DROP OWNED BY {role}".encode())
            administrator.execute(f"DROP ROLE {role}".encode())
    upgrade(database)
