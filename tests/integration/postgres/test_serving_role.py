"""The role that serves owns no table: whoever takes over a web process can change rows, and none of the guards."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from adapters.postgres.operations.migrate import downgrade, pending, upgrade
from adapters.postgres.operations.serving_role import NoSuchRole, Rights, let_serve, rights
from domain.errors import StorageUnavailable
from tests.database import DatabaseServer

OF_THE_OWNER = [
    "DROP TABLE bookings",
    "TRUNCATE security_log",
    "ALTER TABLE bookings DROP CONSTRAINT bookings_no_double_booking",
    "ALTER TABLE security_log DISABLE TRIGGER security_log_append_only",
    "DROP TRIGGER security_log_append_only ON security_log",
    "DROP FUNCTION refuse_change()",
    "CREATE TABLE shadow (id int)",
    "UPDATE alembic_version SET version_num = '0001'",
    "SET session_replication_role = replica",  # switches triggers and foreign keys off
    "COPY (SELECT 1) TO PROGRAM 'true'",
]


@pytest.mark.parametrize("statement", OF_THE_OWNER)
def test_the_guards_are_out_of_its_reach(served_database: str, statement: str) -> None:
    with psycopg.connect(served_database) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement.encode())


async def test_the_rights_of_both_roles_are_known(database: str, served_database: str) -> None:
    assert await rights(served_database) == Rights(owned=0, unreadable=0)
    assert (await rights(database)).owned > 20


def test_it_reads_which_migrations_are_to_come(served_database: str) -> None:
    assert pending(served_database) == ()


def test_it_serves_the_tables_of_later_migrations(database: str, served_database: str) -> None:
    """Even when the owner migrates without granting again."""
    downgrade(database, "0010")
    upgrade(database)
    with psycopg.connect(served_database) as connection:
        assert connection.execute("DELETE FROM invitations RETURNING 1").fetchall() == []


def test_without_the_grant_the_storage_is_unavailable(
    database: str, served_database: str, database_server: DatabaseServer
) -> None:
    with psycopg.connect(database) as connection:
        connection.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {database_server.serving_role}".encode())
    with pytest.raises(StorageUnavailable):
        pending(served_database)


def test_an_unknown_role_gets_nothing(database: str) -> None:
    with pytest.raises(NoSuchRole):
        let_serve(database, "nobody_of_this_name")
