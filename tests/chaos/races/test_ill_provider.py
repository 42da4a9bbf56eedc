"""The provider is away while people work: they are answered in time and truly, and all goes on when it is back.

Every other fault of every call, one at a time: tests/chaos/faults/test_matrix.py.
"""

import time
from pathlib import Path
from typing import Any

import pytest

from adapters.in_memory.provider.fault import Fault
from tests.chaos.races.practice import SETTINGS, Practice, practice_of_two
from tests.database import DatabaseServer, fresh_database
from tests.running_practice import later
from tests.walk import wait_until

pytestmark = pytest.mark.slow

ANSWERS_WITHIN = float(SETTINGS["reconcile_patience"]) + 4  # and the rest of the request, on a busy machine


def test_down_and_up_again(database_server: DatabaseServer, tmp_path: Path) -> None:
    with (
        fresh_database(database_server) as database,
        practice_of_two(database, tmp_path, state=tmp_path / "sandbox.json") as practice,
    ):
        (host,) = practice.staff.hire(1)
        titles = ("moved while down", "cancelled while down", "deleted while down")
        moved, cancelled, deleted = (practice.book_ready(host, title) for title in titles)
        practice.zoom.strike("create", Fault.LOST_ANSWER, kind="hang", account=host.email)
        unheard = _booked_in_time(practice, "booked while it hangs", host)
        assert unheard["meeting"]["status"] in ("wanted", "waiting")
        practice.running.sandbox.kill()
        booked = _booked_in_time(practice, "booked while down", host)
        assert (booked["meeting"]["status"], booked["meeting"]["reason"]) == ("waiting", "provider_down")
        state = practice.edit(moved, **later(moved, hours=1))["meeting"]
        assert (state["status"], state["join_link"]) == ("waiting", moved["meeting"]["join_link"])
        practice.close(cancelled, "cancel")
        state = practice.session(cancelled["id"])["meeting"]
        assert (state["status"], state["removing"], state["join_link"]) == ("none", 1, None)
        practice.close(deleted, "delete")
        practice.running.sandbox.start()
        for one in (unheard, booked):
            wait_until(lambda one=one: practice.session(one["id"])["meeting"]["status"] == "ready", "it is made", 40)
        practice.wait_until_reconciled()
        assert [len(practice.held(one["title"])) for one in (unheard, booked)] == [1, 1]
        assert [practice.held(title) for title in titles[1:]] == [[], []]
        assert practice.audit().faults == {}


def _booked_in_time(practice: Practice, title: str, host: Any) -> dict[str, Any]:
    began = time.monotonic()
    booked = practice.book(host, title)
    assert time.monotonic() - began < ANSWERS_WITHIN
    return booked
