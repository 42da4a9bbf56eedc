"""Ends the account of a person who leaves the practice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from application.accounts.list_people import ListPeople, PersonStatus
from application.accounts.remove_second_factors import remove_second_factors
from application.connection.disconnect_provider import DisconnectPreview, DisconnectProvider, Leaving
from application.security_events import record
from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.booking.booking_views import BookingQuery, BookingView, Only
from domain.connection.connection import Connection
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.connection.revocation import Ending
from domain.errors import NotFound, ObjectKind
from domain.ports.booking_views import BookingViews
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.providers import Providers
from domain.security.event import EventFacts, EventKind, SecurityEvent

MOST_SHOWN = 100
_AHEAD = timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class ConnectionToEnd:
    """`affected`: the upcoming bookings with a meeting there, and the effect of each choice on them."""

    provider: str
    label: str
    affected: Sequence[DisconnectPreview]


@dataclass(frozen=True, slots=True)
class EndingPreview:
    """`bookings`: the first of the person's planned bookings that are not over; `status.coming` counts them all."""

    status: PersonStatus
    last_admin: bool
    bookings: Sequence[BookingView]
    connections: Sequence[ConnectionToEnd]


@dataclass(frozen=True, slots=True)
class EndedConnection:
    provider: str
    label: str
    ending: Ending


@dataclass(frozen=True, slots=True)
class EndedAccount:
    status: PersonStatus
    connections: Sequence[EndedConnection]


@dataclass(frozen=True)
class EndAccount:
    """Rules:

    - Admins end accounts of their practice, and the operator any account. The practice keeps an admin; admins end their
      own account only when another admin remains. Ending again changes nothing.
    - At once, all or nothing: every login session and known browser ends, the address no longer signs in, the password
      is void, and drafts, connect links, reset links, authorization requests, second factors and the link to the
      practice's identity provider are removed. Pending invitations and reset links that the person created for others
      end too, because their creator knows them.
    - Connections are disconnected as `DisconnectProvider` does it, with the same choice for the meetings.
    - Upcoming bookings do not hold it up: a person who leaves must not keep access until all are reassigned. They may
      be reassigned before or afterwards. Until then they stay with the person, and the list of people counts them.
    - Nothing new is assigned to the person. The name stays in bookings and histories until `EraseAccount` destroys it.
    """

    begin: Begin
    views: BookingViews
    providers: Providers
    people: ListPeople
    disconnect: DisconnectProvider
    clock: Clock

    async def preview(self, actor: Account, account_id: UUID) -> EndingPreview:
        """Changes nothing. Raises NotAllowed, NotFound."""
        actor.must_be_admin()
        here, now = actor.organization_id, self.clock.now()
        async with self.begin() as work:
            everybody = await work.people.everybody(here)
            person = _one_of(everybody, account_id)
            status = await self.people.one(work, person)
            connections = [
                ConnectionToEnd(
                    one.provider,
                    self.providers.label(one.provider),
                    await self.disconnect.preview_within(work, one),
                )
                for one in await work.connections.of_consultant(here, account_id)
                if not one.leaving
            ]
        query = BookingQuery(now, now + _AHEAD, account_id, most=MOST_SHOWN, only=Only.PLANNED)
        bookings = await self.views.page(here, query)
        return EndingPreview(status, person.is_admin and not _other_admins(everybody, person), bookings, connections)

    async def __call__(self, actor: Account, account_id: UUID, meetings: MeetingsOnDisconnect) -> EndedAccount:
        """Raises NotAllowed, NotFound, LastAdmin."""
        actor.must_be_admin()
        return await self._end(actor.organization_id, actor.id, account_id, meetings)

    async def by_operator(self, email: str, meetings: MeetingsOnDisconnect) -> EndedAccount:
        """Raises NotFound, LastAdmin."""
        async with self.begin() as work:
            person = await work.people.person_by_email(email.strip().lower())
        if person is None:
            raise NotFound(ObjectKind.PERSON_BY_EMAIL)
        return await self._end(person.organization_id, None, person.id, meetings)

    async def _end(
        self, here: UUID, actor_id: UUID | None, account_id: UUID, meetings: MeetingsOnDisconnect
    ) -> EndedAccount:
        now = self.clock.now()
        async with self.begin() as work:
            await self._lock(work, here, account_id)
            everybody = await work.people.everybody_to_change(here)
            before = _one_of(everybody, account_id)
            after = before.end(other_admins=_other_admins(everybody, before), now=now)
            if after is before:
                return EndedAccount(await self.people.one(work, before), [])
            await work.people.save_ending(after)
            await _remove_access(work, after)
            await self._revoke_invitations(work, actor_id, after, now)
            leaving = await self._disconnect(work, actor_id, after, meetings)
            await _note(work, actor_id, after, meetings, now)
            status = await self.people.one(work, after)
            await work.commit()
        endings = [
            EndedConnection(
                one.host.provider, self.providers.label(one.host.provider), await self.disconnect.complete(one)
            )
            for one in leaving
        ]
        return EndedAccount(replace(status, connected_at=()), endings)

    async def _lock(self, work: UnitOfWork, here: UUID, account_id: UUID) -> None:
        """Connections, bookings, accounts: every use case locks in this order, which prevents deadlocks."""
        for connection in await work.connections.of_consultant(here, account_id):
            await work.connections.to_change(connection.host)
        await work.bookings.of_person(here, account_id)

    async def _disconnect(
        self, work: UnitOfWork, actor_id: UUID | None, person: Account, meetings: MeetingsOnDisconnect
    ) -> list[Leaving]:
        found: list[Connection] = []
        for one in await work.connections.of_consultant(person.organization_id, person.id):
            locked = await work.connections.to_change(one.host)
            found += [locked] if locked and not locked.leaving else []
        return [await self.disconnect.ask(work, actor_id, one, meetings) for one in found]

    async def _revoke_invitations(
        self, work: UnitOfWork, actor_id: UUID | None, person: Account, now: datetime
    ) -> None:
        here = person.organization_id
        for one in await work.invitations.of_organization(here):
            if one.made_by != person.id or not one.pending(now):
                continue
            await work.invitations.save(one.revoke(now=now))
            entry = AuditEntry(here, here, now, Action.INVITATION_REVOKED, actor_id, facts=Facts(name=one.name))
            await work.audit_log.add(entry)
            await record(work, SecurityEvent(EventKind.INVITATION_REVOKED, now, here, actor_id, one.id))


async def _remove_access(work: UnitOfWork, person: Account) -> None:
    here, who = person.organization_id, person.id
    await work.login_sessions.remove_of_account(here, who)
    await work.known_browsers.remove_of_account(here, who)
    await work.drafts.remove_of_account(here, who)
    await work.connect_links.remove_of_consultant(here, who)
    await work.authorization_requests.remove_of_account(here, who)
    await work.reset_links.remove_of_account(here, who)
    await work.reset_links.remove_made_by(here, who)
    await work.identity_links.remove_of_account(here, who)
    await remove_second_factors(work, person)


async def _note(
    work: UnitOfWork, actor_id: UUID | None, person: Account, meetings: MeetingsOnDisconnect, now: datetime
) -> None:
    here = person.organization_id
    entry = AuditEntry(here, here, now, Action.ACCOUNT_ENDED, actor_id, person.id)
    await work.audit_log.add(entry.with_facts(Facts(name=person.name, meetings=meetings)))
    facts = EventFacts(roles=tuple(sorted(person.roles)))
    await record(work, SecurityEvent(EventKind.ACCOUNT_ENDED, now, here, actor_id, person.id, facts=facts))


def _one_of(everybody: Sequence[Account], account_id: UUID) -> Account:
    found = next((one for one in everybody if one.id == account_id), None)
    if found is None:
        raise NotFound(ObjectKind.PERSON)
    return found


def _other_admins(everybody: Sequence[Account], person: Account) -> int:
    return sum(1 for one in everybody if one.is_admin and one.id != person.id)
