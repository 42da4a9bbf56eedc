"""Addresses as people write them."""

import pytest

from adapters.postgres.address import parameters


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
