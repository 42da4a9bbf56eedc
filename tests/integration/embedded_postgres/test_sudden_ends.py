"""After any process is killed at any time, no server stays behind, no commit is lost, and the next start works."""

import os
from pathlib import Path

import psutil

from demo.embedded_postgres import EmbeddedPostgres
from demo.embedded_postgres.stale_processes import wait_until_gone
from tests.integration.embedded_postgres.owner import Owner
from tests.integration.embedded_postgres.rows import rows, write_row


def _descendants(owner: Owner) -> list[psutil.Process]:
    return psutil.Process(owner.process.pid).children(recursive=True)


def test_when_the_owner_is_killed_no_server_stays_behind(state: Path) -> None:
    with Owner(state) as owner:
        family = _descendants(owner)
        assert {process.name() for process in family} >= {"postgres"}
        owner.process.kill()
        assert wait_until_gone(family) == []


def test_when_the_owner_is_killed_the_next_one_starts_at_once(state: Path) -> None:
    with Owner(state) as owner:
        owner.process.kill()
        owner.process.wait()
        with EmbeddedPostgres(state) as postgres:
            assert rows(postgres.address) == ["committed"]


def test_when_owner_and_guard_are_killed_the_server_ends_as_well(state: Path) -> None:
    with Owner(state) as owner:
        guard = psutil.Process(owner.process.pid).children()[0]
        family = _descendants(owner)
        owner.process.kill()
        guard.kill()
        assert wait_until_gone(family) == []


def test_a_killed_server_loses_nothing_that_was_committed(state: Path) -> None:
    postgres = EmbeddedPostgres(state)
    postgres.start()
    write_row(postgres.address, "committed")
    postgres.kill()
    with postgres:
        assert rows(postgres.address) == ["committed"]


def test_a_pid_file_that_names_a_stranger_does_not_stop_the_start(state: Path) -> None:
    with EmbeddedPostgres(state) as postgres:
        write_row(postgres.address, "kept")
    folder = state / "cluster"
    (folder / "postmaster.pid").write_text(f"{os.getppid()}\n{folder}\n0\n5432\n\n\n0 0\nready\n")
    with EmbeddedPostgres(state) as postgres:
        assert rows(postgres.address) == ["kept"]


def test_a_first_start_that_was_interrupted_is_made_anew(state: Path) -> None:
    unfinished = state / "cluster.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(state, fast=True) as postgres:
        write_row(postgres.address, "works")
    assert not unfinished.exists()
