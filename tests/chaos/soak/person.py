"""A person at work: a random mix of requests to any web process that answers, and a ledger of the answers."""

import random
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.chaos.soak.asker import Asker, code_of
from tests.chaos.soak.chance import chance_of
from tests.chaos.soak.ledger import BookingDetails, Change, Session, booked, cancelled, deleted, edited

_PAUSE = 0.12  # seconds between two requests, in the middle
_ANSWERS_WITHIN = 60.0  # including an outage of everything; no client waits longer for a repetition
_MOST = 30
_HOT = 8  # slots that all persons want


@dataclass(frozen=True)
class Practice:
    """The hosts who take part, and the clients."""

    hosts: list[str]
    client_ids: list[str]
    seed: int

    def slot(self, chance: random.Random) -> tuple[str, datetime]:
        """Now and then one that others want as well."""
        pick = chance_of(self.seed, chance.randrange(_HOT)) if chance.random() < 0.2 else chance
        return pick.choice(self.hosts), _hour(pick.randrange(30 * 10))


def _hour(number: int) -> datetime:
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=30 + number // 10, hours=6 + number % 10)


@dataclass(kw_only=True)
class Person(Asker):
    practice: Practice
    admin: bool
    sessions: list[Session] = field(default_factory=list)

    def work(self, stop: threading.Event) -> None:
        deeds, weights = zip(*self._deeds(), strict=True)
        while not stop.is_set():
            self.chance.choices(deeds, weights)[0]()
            stop.wait(self.chance.uniform(0, 2 * _PAUSE))

    def _deeds(self) -> list[tuple[Any, int]]:
        return [
            (self.book, 34),
            (self.move, 14),
            (self.rename, 8),
            (self.invite, 5),
            (self.reassign, 9 if self.admin else 0),
            (self.switch, 10),
            (self.cancel, 7),
            (self.delete, 8),
            (self.read, 10),
            (self.list, 5),
        ]

    # --- deeds ---------------------------------------------------------------------------------------------------

    def book(self) -> None:
        if sum(one.present is not None for one in self.sessions) >= _MOST:
            return self.delete()
        mark = f"{self.name}-{len(self.sessions)}."
        session = Session(mark, key=f"key of {mark}")
        self.sessions.append(session)
        self._book(session, self._details(mark))
        return None

    def _details(self, mark: str) -> BookingDetails:
        host, begins = self.practice.slot(self.chance)
        clients = self.chance.sample(self.practice.client_ids, self.chance.randint(1, 3))
        online = self.chance.random() < 0.8
        return BookingDetails(host, begins, begins + timedelta(minutes=50), f"{mark} talk", frozenset(clients), online)

    def _book(self, session: Session, details: BookingDetails) -> None:
        """A careful client repeats its request until it has an answer, and now and then once more."""
        again = self.chance.random() < 0.15
        ends = time.monotonic() + _ANSWERS_WITHIN
        while time.monotonic() < ends:
            answer = self.ask("POST", "", json=details.form, headers={"Idempotency-Key": session.key})
            if answer is None:
                session.book_unanswered(details)
            elif answer.status_code == 201:
                self.counts["repeated and the same"] += bool(session.id or session.with_unverified_removals)
                session.possible = session.possible if session.id else {details}
                session.told(answer.json(), booked, "POST")
                if not again:
                    return
                again = False
            else:
                self._refused(session, answer, "POST", {"slot_taken", "connection_needed"})
                if session.id:
                    session.wrong("POST again", f"is refused: {answer.text}")
                session.possible = {None}
                return

    def move(self) -> None:
        if session := self._any():
            _, begins = self.practice.slot(self.chance)
            self._edit(session, starts_at=begins, ends_at=begins + timedelta(minutes=50))

    def rename(self) -> None:
        if session := self._any():
            self._edit(session, title=f"{session.mark} talk {self.chance.randrange(1000)}")

    def invite(self) -> None:
        if session := self._any():
            clients = self.chance.sample(self.practice.client_ids, self.chance.randint(1, 3))
            self._edit(session, client_ids=frozenset(clients))

    def reassign(self) -> None:
        if session := self._any():
            self._edit(session, consultant_id=self.chance.choice(self.practice.hosts))

    def switch(self) -> None:
        """Online off, or on."""
        session = self._any()
        if session and session.present:
            self._edit(session, online=not session.present.online)

    def cancel(self) -> None:
        if session := self._any():
            self._change(session, cancelled, "POST", "/cancel", deleted_is=False)

    def delete(self) -> None:
        if session := self._any():
            self._change(session, deleted, "DELETE", "", deleted_is=True)

    def read(self) -> None:
        if session := self._any():
            answer = self.ask("GET", f"/{session.id}")
            if answer is not None and answer.status_code == 200:
                session.told(answer.json(), None, "GET")
            elif answer is not None:
                self._refused(session, answer, "GET", set())

    def list(self) -> None:
        begins = datetime.now(UTC)
        params = {"start": begins.isoformat(), "until": (begins + timedelta(days=90)).isoformat(), "limit": "150"}
        answer = self.ask("GET", "", params=params)
        if answer is not None and answer.status_code != 200:
            self.untrue.append(f"{self.name}: the list answers {answer.status_code} {answer.text}")

    def touch(self, session: Session) -> bool:
        """Edits until an answer arrives: a save makes a meeting anew that its host deleted at the provider."""
        for number in range(20):
            if not any(one and one.open for one in session.possible):
                return True
            title = f"{session.mark} touched {number}"
            if self._edit(session, title=title):
                return True
        return False

    # --- requests and what becomes of them -----------------------------------------------------------------------

    def _any(self) -> Session | None:
        known = [one for one in self.sessions if one.id and one.present]
        return self.chance.choice(known) if known else None

    def _edit(self, session: Session, **changes: Any) -> bool:
        body = {name: _written(value) for name, value in changes.items()}
        if "online" in changes:
            body |= {"provider": "zoom"} if changes["online"] else {}
        return self._change(session, edited(**changes), "PATCH", "", deleted_is=False, json=body)

    def _change(
        self, session: Session, change: Change, method: str, path: str, *, deleted_is: bool, **more: Any
    ) -> bool:
        """True when the answer confirmed the change."""
        answer = self.ask(method, f"/{session.id}{path}", **more)
        if answer is None:
            session.unanswered(change)
        elif answer.status_code == 204 and deleted_is:
            session.possible = {None}
            return True
        elif answer.status_code == 200:
            if method == "PATCH":
                session.possible = {one for one in session.possible if one and one.open}
            session.told(answer.json(), change, method)
            return True
        else:
            self._refused(session, answer, method, {"slot_taken", "connection_needed"})
        return False

    def _refused(self, session: Session, answer: httpx.Response, method: str, expected: set[str]) -> None:
        code = code_of(answer)
        self.counts[code] += 1
        if answer.status_code == 404:
            session.gone(method)
        elif code == "booking_closed":
            session.closed(method)
        elif code not in expected:
            session.wrong(method, f"answers {answer.status_code} {answer.text}")


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value
