"""Addresses as people write them."""

import pytest

from adapters.postgres.engine.address import limited_parameters, parameters


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_an_address_with_a_socket(scheme: str) -> None:
    known = parameters(f"{scheme}://me:p%40ss@/name?host=/run/pg", "app")
    assert (known["user"], known["password"], known["dbname"], known["host"]) == ("me", "p@ss", "name", "/run/pg")
    assert known["application_name"] == "app"


def test_what_the_address_says_wins_but_instants_stay_utc() -> None:
    known = parameters("postgresql://host/name?connect_timeout=3&options=-c%20work_mem%3D1MB&sslmode=require", "app")
    assert (known["connect_timeout"], known["sslmode"]) == ("3", "require")
    assert known["options"] == "-c work_mem=1MB -c timezone=UTC"


def test_several_hosts() -> None:
    assert parameters("postgresql://one:1,two:2/name", "app")["host"] == "one,two"


def test_what_serves_requests_has_limits_that_the_address_can_change() -> None:
    known = limited_parameters("postgresql://host/name?options=-c%20statement_timeout%3D5s", "app")
    assert known["options"].startswith("-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s ")
    assert known["options"].endswith(" -c statement_timeout=5s -c timezone=UTC")  # PostgreSQL takes the last one
    assert known["tcp_user_timeout"] == "15000"


def test_migrations_and_dumps_take_as_long_as_they_need() -> None:
    assert "statement_timeout" not in parameters("postgresql://host/name", "app")["options"]
