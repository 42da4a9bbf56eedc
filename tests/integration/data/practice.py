"""A practice with everything in it: sessions and connections of every kind, and all that is written down beside."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from adapters.in_memory.provider.fault import Fault
from application.accounts.add_people import Person
from demo.practice import PASSWORD
from domain.accounts.account import Role
from domain.accounts.organization import Organization
from entrypoints.container import Container
from entrypoints.lifecycle import opened
from entrypoints.settings import settings_from
from tests.real_processes import ANA, BORIS, CVETA, Service, service
from tests.running_practice import RunningPractice
from tests.staff import zoom_people
from tests.walk import wait_until

SETTINGS = {
    "worker_in_web": "false",
    "reconcile_patience": "2",
    "reconcile_lease": "4",
    "zoom_total_seconds": "2",
    "zoom_read_seconds": "1.8",
}
ELSEWHERE = "olga@example.net"  # the admin of another practice
_PAST = """
    UPDATE bookings SET starts_at = starts_at - earlier, ends_at = ends_at - earlier,
        due_at = NULL, reconciliation = jsonb_set(jsonb_set(reconciliation,
            '{meeting,starts_at}', to_jsonb(starts_at - earlier)),
            '{meeting,ends_at}', to_jsonb(ends_at - earlier))
    FROM (SELECT id AS past, date_trunc('day', starts_at) - date_trunc('day', now()) + interval '40 days' AS earlier
          FROM bookings WHERE title = 'past') AS days
    WHERE id = past
"""


class Filling(RunningPractice):
    """Everything is done over the API, by the people whose business it is."""

    def sessions(self) -> None:
        """Planned, past, cancelled, deleted; ready, waiting, failed, unheard; with and without a meeting."""
        for who in (CVETA, BORIS):
            self.connect(who)
        self.book(ANA, "ready", notes="Notes with “quotes” and\nlines, č š ž.", client_ids=self.clients[:4])
        self.book(BORIS, "of Boris")
        self.book(CVETA, "past")
        self.close(self.book(ANA, "cancelled"), "cancel")
        self.close(self.book(CVETA, "deleted"), "delete")
        self.book(CVETA, "in person", online=False)
        self.edit(self.book(ANA, "edited"), title="edited twice")
        self.edit(self.book(ANA, "given"), consultant_id=self.ids[CVETA])
        over(self.database)
        lapsed = next(one for one in self.running.zoom.all_meetings() if one["topic"] == "past")
        self.running.zoom.delete_meeting(lapsed["id"])

    def sync_failures(self) -> None:
        """Sessions that wait: for a failing provider, for a consultant, for an answer that was lost."""
        stays, leaves = self.book(CVETA, "to be edited"), self.book(ANA, "deleted while down")
        zoom = self.running.zoom
        zoom.strike("change", Fault.DOWN, times=None)
        zoom.strike("remove", Fault.DOWN, times=None)
        zoom.strike("find", Fault.DOWN, times=None)
        self.edit(stays, title="edited while down")
        self.close(leaves, "delete")
        zoom.strike("create", Fault.LOST_ANSWER)
        self.book(CVETA, "made but not heard")
        zoom.strike("create", Fault.REFUSED, body={"code": 300, "message": "Refused for once."})
        self.book(CVETA, "refused")
        zoom.expire_access(BORIS, refresh_too=True)
        self.book(BORIS, "waits for Boris")
        zoom.strike("create", Fault.DOWN, times=None)
        self.book(ANA, "made while down")

    def connections(self) -> None:
        """Sessions being removed, erased, removed at the provider; unused authorization requests and personal links."""
        leaving, erased, removed = self.staff.hire(3)
        self.running.zoom.strike("revoke", Fault.DOWN, times=None, account=leaving.email)
        self.admin.api("DELETE", f"/api/connections/zoom/{leaving.id}?meetings=keep").raise_for_status()
        self.admin.api("POST", "/api/erasures", json={"email": erased.email, "links": True}).raise_for_status()
        self.running.zoom.remove_app(removed.email)
        wait_until(lambda: self.status(removed) == "not_connected", "the removal at the provider is acted on")
        self.admin.api("POST", f"/api/connections/zoom/{erased.id}/links").raise_for_status()
        ana = self.of(ANA)
        ana.api("PUT", f"/api/drafts/{uuid4()}", json={"form": {"title": "unfinished"}}).raise_for_status()
        ana.api("POST", "/api/connections/zoom", json={"form": {"title": "on the way"}}).raise_for_status()
        ana.api("PATCH", "/api/me", json={"language": "sl"}).raise_for_status()

    def elsewhere(self) -> None:
        """Another practice in the same database."""
        asyncio.run(_found(Container(settings=settings_from(self.running.environment))))


def over(database: str) -> None:
    """The session called "past" was held forty days ago, before every other; none can be booked in the past."""
    with psycopg.connect(database) as connection:
        connection.execute(_PAST)


async def _found(container: Container) -> None:
    organization = Organization(uuid4(), "Oak Practice", "Europe/Vienna")
    olga = Person(uuid4(), "Olga", ELSEWHERE, PASSWORD, frozenset({Role.ADMIN, Role.CONSULTANT}))
    async with opened(container):
        admin = await container.add_people().practice(organization, olga)
        await container.manage_clients().add(admin, uuid4(), "Otto", "otto@example.org")


@contextmanager
def full_practice(database: str, folder: Path, state: Path) -> Iterator[Service]:
    """Filled, and left while half of it waits for a provider that is down."""
    with service(database, folder, zoom={"people": zoom_people(4)}, zoom_state=state, **SETTINGS) as running:
        running.serve()
        filling = Filling(running)
        filling.sessions()
        filling.connections()
        filling.sync_failures()
        filling.elsewhere()
        yield running
