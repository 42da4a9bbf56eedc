"""After the load: the system comes to rest by itself, and then the answers are compared with the final state."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.audit import Audit, audit, every_session, reconciled
from tests.chaos.soak.consents import Consents
from tests.chaos.soak.crowd import Crowd
from tests.chaos.soak.ledger import seen
from tests.walk import wait_until

_COMES_TO_REST_WITHIN = 240.0

_OVERLAPS = """
SELECT a.title || ' and ' || b.title FROM bookings a JOIN bookings b ON a.organization_id = b.organization_id
AND a.consultant_id = b.consultant_id AND a.id < b.id AND a.status = 'planned' AND b.status = 'planned'
AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
"""
_DUE = (
    "SELECT id || ' is due at ' || due_at || reconciliation FROM bookings WHERE due_at < now() + interval '10 minutes'"
)
_LEASES = "SELECT email || ' is still being refreshed' FROM connections WHERE lease_until > now()"
_IDLE = """
SELECT application_name || ' idles in a transaction' FROM pg_stat_activity
WHERE state LIKE 'idle in transaction%' AND state_change < now() - interval '5 seconds'
"""
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")

# Log lines that are expected while the database or another part is away.
_EXPECTED = (
    "reconciliation paused",
    "reconciliation failed",
    "reconciliation was interrupted",
    "a round of",
    "the database cannot",
)


@dataclass
class Verdict:
    crowd: Crowd
    audited: Audit = field(default_factory=Audit)
    untrue: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.consents = Consents(self.crowd)

    def reach(self) -> None:
        self._wait_for_events()
        self._come_to_rest()
        self._touch_what_hosts_deleted()
        for number in range(5):
            self.consents.connect_all()
            self._come_to_rest()
            if not (powerless := self.consents.not_working(number)):
                break
        else:
            self.untrue += [f"{email} is shown as connected, but cannot hold a session" for email in powerless]
        self._come_to_rest()
        self.audited = audit(self.crowd.admin, self.crowd.site.zoom, self.crowd.site.database)
        self._compare()
        self.lost += self.consents.lost
        self.doubled += self._rows(_OVERLAPS)
        self.untrue += [*self._rows(_LEASES), *self._rows(_IDLE), *self._complaints()]
        for one in self.crowd.everybody:
            self.untrue += one.untrue + [line for session in one.sessions for line in session.untrue]

    @property
    def losses(self) -> dict[str, int]:
        found = self.audited.losses
        return found | {
            "lost": found["lost"] + len(self.lost),
            "doubled": found["doubled"] + len(self.doubled),
            "stuck": found["stuck"] + len(self.stuck),
            "untrue": len(self.untrue),
        }

    @property
    def faults(self) -> dict[str, list[str]]:
        mine = {
            "told and lost": self.lost,
            "told and doubled": self.doubled,
            "never at rest": self.stuck,
            "untrue": self.untrue,
        }
        return self.audited.faults | {kind: lines for kind, lines in mine.items() if lines}

    def told(self) -> str:
        """Every fault, with the history of the sessions that it names."""
        lines = [f"{kind}: {line}" for kind, found in self.faults.items() for line in found]
        named = sorted({name for line in lines for name in _ID.findall(line)})
        return "\n".join([*lines, *(f"{name}: {self._history(name)}" for name in named)])

    def _history(self, booking_id: str) -> str:
        return self.crowd.admin.api("GET", f"/api/bookings/{booking_id}/history").text

    # --- coming to rest ------------------------------------------------------------------------------------------

    def _wait_for_events(self) -> None:
        def heard() -> bool:
            told = self.crowd.site.zoom.http.get("/webhooks").raise_for_status().json()["deliveries"]
            return not [one for one in told if one["state"] == "pending"]

        wait_until(heard, "the provider's webhook events have arrived", _COMES_TO_REST_WITHIN)

    def _come_to_rest(self) -> None:
        database = self.crowd.site.database
        try:
            wait_until(lambda: reconciled(database), "nothing is due any more", _COMES_TO_REST_WITHIN)
        except AssertionError:  # counted, and the audit says what else is wrong
            self.stuck += self._rows(_DUE)

    def _touch_what_hosts_deleted(self) -> None:
        """The verification before a session would find it too, but these begin in a month."""
        deleted = set(self.crowd.mischief.deleted_links)
        gone = [one for one in every_session(self.crowd.admin) if one["meeting"]["join_link"] in deleted]
        ids = {_mark(one): one["id"] for one in gone}
        for person in self.crowd.everybody:
            for session in person.sessions:
                if session.mark in ids:
                    session.id = ids[session.mark]  # the client may never have got an answer to the booking
                    if not person.touch(session):
                        self.untrue.append(f"{session.mark}: nobody could save it anew")

    # --- comparing -----------------------------------------------------------------------------------------------

    def _compare(self) -> None:
        by_mark: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in every_session(self.crowd.admin):
            by_mark[_mark(one)].append(one)
        for person in self.crowd.everybody:
            for session in person.sessions:
                found = by_mark.get(session.mark, [])
                if len(found) > 1:
                    self.doubled.append(f"{session.mark}: {len(found)} sessions")
                there = seen(found[0]) if found else None
                if there not in session.possible:
                    self.lost.append(f"{session.mark} {session.id}: told {session.possible}, found {there}")

    def _complaints(self) -> list[str]:
        """Calendra's own faults in its logs. A line about a part that is away is none."""
        lines = self.crowd.site.running.log.splitlines()
        errors = [line for line in lines if '"level": "error"' in line or '"level": "critical"' in line]
        return [line[-3000:] for line in errors if not any(word in line for word in _EXPECTED)]

    def _rows(self, question: str) -> list[str]:
        with psycopg.connect(self.crowd.site.database) as connection:
            return [str(row[0]) for row in connection.execute(question.encode()).fetchall()]


def _mark(session: dict[str, Any]) -> str:
    return str(session["title"]).partition(" ")[0]
