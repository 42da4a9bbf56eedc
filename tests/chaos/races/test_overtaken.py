"""A session is changed while its meeting is still being made."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from adapters.in_memory.provider.fault import Fault
from domain.accounts.account import Account
from tests.chaos.races.practice import Practice
from tests.running_practice import later
from tests.walk import wait_until

# How the overtaken create ends: it takes effect late, and its answer arrives late or never.
ENDS: dict[str, dict[str, Any]] = {
    "answered late": {"fault": Fault.SLOW, "delay_ms": 1500},
    "never answered, made": {"fault": Fault.LOST_ANSWER, "kind": "hang"},
    "never answered, not made": {"fault": Fault.LOST_CALL, "kind": "hang"},
}


@dataclass
class Overtaking:
    practice: Practice
    what: str
    how: str
    host: Account
    other: Account
    booking_id: str = ""

    @property
    def title(self) -> str:
        return f"{self.what}, {self.how}"

    def run(self) -> None:
        """Books, and sends the second request as soon as the create is under way."""
        self.practice.zoom.strike("create", account=self.host.email, **ENDS[self.how])
        form = self.practice.form(self.host, self.title)
        with ThreadPoolExecutor(1) as pool:
            booking = pool.submit(self.practice.admin.api, "POST", "/api/bookings", json=form)
            wait_until(lambda: self._stored(form), f"{self.title} is stored")
            booked = self._stored(form)
            assert booked["meeting"]["status"] == "wanted", booked["meeting"]
            self.booking_id = booked["id"]
            DEEDS[self.what](self, booked)
            assert booking.result().status_code in (201, 404)  # deleted before it could be shown

    def edit(self, booked: dict[str, Any]) -> None:
        self.send("PATCH", "", {**later(booked, hours=1), "title": f"{self.title}, edited"})

    def reassign(self, booked: dict[str, Any]) -> None:
        self.send("PATCH", "", {"consultant_id": str(self.other.id)})

    def off_and_on(self, booked: dict[str, Any]) -> None:
        self.send("PATCH", "", {"online": False})
        self.send("PATCH", "", {"online": True, "provider": "zoom"})

    def send(self, method: str, path: str = "", json: dict[str, Any] | None = None) -> None:
        answer = self.practice.admin.api(method, f"/api/bookings/{self.booking_id}{path}", json=json)
        assert answer.is_success, f"{answer.status_code} {answer.text}"

    def wrong(self) -> str:
        """The faults that remain when all is reconciled."""
        session, held = self._session(), self._held()
        if self.what in ("cancel", "delete"):
            gone = session is None or (session["status"], session["meeting"]["status"]) == ("cancelled", "none")
            return "" if gone and not held else f"{self.title}: {session}, {len(held)} meetings"
        if session["meeting"]["status"] != "ready" or len(held) != 1:
            return f"{self.title}: {session['meeting']}, {len(held)} meetings"
        host = self.other if self.what == "reassign" else self.host
        topic = f"{self.title}, edited" if self.what == "edit" else self.title
        expected = (session["meeting"]["join_link"], host.email, topic)
        found = tuple(held[0][name] for name in ("join_url", "host_email", "topic"))
        return "" if found == expected else f"{self.title}: {found} instead of {expected}"

    def _held(self) -> list[dict[str, Any]]:
        both = [*self.practice.zoom.meetings(self.host.email), *self.practice.zoom.meetings(self.other.email)]
        return [one for one in both if one["topic"].startswith(self.title)]

    def _session(self) -> Any:
        answer = self.practice.admin.api("GET", f"/api/bookings/{self.booking_id}")
        return None if answer.status_code == 404 else answer.raise_for_status().json()

    def _stored(self, form: dict[str, Any]) -> Any:
        question = {"start": form["starts_at"], "until": form["ends_at"], "consultant_id": form["consultant_id"]}
        items = self.practice.admin.api("GET", "/api/bookings", params=question).raise_for_status().json()["items"]
        return items[0] if items else None


DEEDS: dict[str, Callable[[Overtaking, dict[str, Any]], None]] = {
    "edit": Overtaking.edit,
    "cancel": lambda one, _: one.send("POST", "/cancel"),
    "delete": lambda one, _: one.send("DELETE"),
    "reassign": Overtaking.reassign,
    "off and on": Overtaking.off_and_on,
}


@pytest.mark.slow
def test_changed_while_the_create_is_under_way(practice: Practice) -> None:
    """All of them at the same time, because most of it is waiting."""
    cases = [(what, how) for what in DEEDS for how in ENDS]
    hosts = iter(practice.staff.hire(2 * len(cases)))
    every = [Overtaking(practice, what, how, next(hosts), next(hosts)) for what, how in cases]
    with ThreadPoolExecutor(len(every)) as pool:
        for done in [pool.submit(one.run) for one in every]:
            done.result()
    practice.wait_until_reconciled()
    assert [one.wrong() for one in every if one.wrong()] == []
    assert practice.audit().faults == {}
