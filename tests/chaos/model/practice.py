"""The people of one program, their requests and the answers; and the processes that serve them."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from domain.accounts.account import Account, Role
from domain.accounts.organization import Organization
from domain.booking.booking import Booking
from domain.clients.client import Client
from domain.connection.connection import Connection
from domain.errors import CalendraError
from domain.meeting.host import Host
from domain.ports.unit_of_work import UnitOfWork
from domain.provider_errors import AccessRejected, NeedsConsultant, Refused
from tests.chaos.model.gates import LEASE
from tests.chaos.model.life import Call, Life, Stop, at_rest, lived, refusal
from tests.chaos.model.memory import Memory
from tests.chaos.model.place import Place, Site, fresh_site
from tests.chaos.model.violation import Violation

_NAMES = UUID(int=20270301)
ZONE = "Europe/Ljubljana"
PROVIDERS = ("north", "south")

Heard = Callable[[Life], None]


def named(what: str) -> UUID:
    return uuid5(_NAMES, what)


def _account(practice: Organization, name: str, role: Role) -> Account:
    return Account(practice.id, named(name), f"{name.lower()}@example.com", name, frozenset({role}), ZONE)


HERE, THERE = (Organization(named(name), name, ZONE) for name in ("Linden Practice", "Oak Practice"))
ZALA = _account(HERE, "Zala", Role.ADMIN)
ANA, BOR = (_account(HERE, name, Role.CONSULTANT) for name in ("Ana", "Bor"))
SANA, OLGA = _account(THERE, "Sana", Role.CONSULTANT), _account(THERE, "Olga", Role.ADMIN)
CONSULTANTS = (ANA, BOR, SANA)
ADMINS = {HERE.id: ZALA, THERE.id: OLGA}
CLIENTS = {one.id: Client(one.id, named(f"client {one.name}"), "Cene", "cene@example.com") for one in (HERE, THERE)}
# Who they are at a provider: their own account, and for Ana and Bor a second one.
USERS = ("Ana", "Bor", "Sana", "Ana second", "Bor second")
BROWSER = b"browser"


@dataclass
class Counts:
    """For the table."""

    programs: int = 0
    steps: int = 0
    crashes: int = 0
    faults: int = 0
    meetings: int = 0


@dataclass
class Practice:
    site: Site
    counts: Counts
    memory: Memory = field(default_factory=Memory)
    frozen: list[tuple[Life, Heard]] = field(default_factory=list)
    booked: int = 0

    @classmethod
    def opened(cls, place: Place, counts: Counts) -> "Practice":
        practice = cls(fresh_site(place), counts)
        counts.programs += 1
        place.run(practice._enrol())
        for world in practice.site.worlds.values():
            for name in USERS:
                world.add_person(name, f"{name.replace(' ', '.').lower()}@{world.name}.example")
        return practice

    async def _enrol(self) -> None:
        async with self.site.storage.begin() as work:
            if await work.people.organization(HERE.id):
                return
            for organization in (HERE, THERE):
                await work.people.add_organization(organization)
                await work.clients.add(CLIENTS[organization.id])
            for account in (ZALA, OLGA, *CONSULTANTS):
                await work.people.add_account(account, "a hash")
            await work.commit()

    @property
    def now(self) -> datetime:
        return self.site.clock.now()

    def user(self, provider: str, number: int) -> str:
        return sorted(self.site.worlds[provider].people, key=lambda user_id: int(user_id.split("-")[-1]))[number]

    # --- processes -----------------------------------------------------------------------------------------------

    def do(self, what: str, work: Coroutine[Any, Any, Any], stop: Stop | None, heard: Heard = lambda _: None) -> Life:
        """Runs until it has ended, is killed, or reaches its stop."""
        life = Life(what, stop)
        self.site.place.run(lived(life, work))
        self._returned(life, heard)
        return life

    def go_on(self, number: int, stop: Stop | None) -> None:
        if self.frozen:
            life, heard = self.frozen.pop(number % len(self.frozen))
            self.site.log.torn |= {user for user, at in life.issued.items() if self.now - at >= LEASE}
            life.go_on(stop)
            self.site.place.run(at_rest(life))
            self._returned(life, heard)

    def die(self, number: int) -> None:
        if self.frozen:
            life, heard = self.frozen.pop(number % len(self.frozen))
            life.die()
            self.site.place.run(at_rest(life))
            self._returned(life, heard)

    def _returned(self, life: Life, heard: Heard) -> None:
        if life.frozen:
            self.frozen.append((life, heard))
        if life.dead:
            self.counts.crashes += 1
            self.site.log.torn |= set(life.issued)
        refusal(life)
        heard(life)
        for call in life.calls:
            self._remember(call)

    def _remember(self, call: Call) -> None:
        marker, memory = self.marker_of(call), self.memory
        if isinstance(call.error, Refused):
            memory.refused |= self._concerned(call)
            memory.refused_removals |= {marker} if marker and call.operation in ("remove", "find") else set()
        if isinstance(call.error, NeedsConsultant | AccessRejected):
            memory.asked |= dict.fromkeys(self._concerned(call), self.now)

    def _concerned(self, call: Call) -> set[UUID]:
        """The session whose meeting the call was about, or all of the consultant for whom a token was fetched."""
        marker, agreed = self.marker_of(call), self.memory.agreed.values()
        if marker:
            return {self.memory.of_marker[marker]} & self.memory.agreed.keys()
        return {one.id for one in agreed if call.host and one.details.consultant_id == call.host.consultant_id}

    def marker_of(self, call: Call) -> UUID | None:
        """Whose meeting the call was about."""
        if "-" in call.subject:
            return UUID(call.subject)
        made = self.site.log.made.values()
        numbered = (one for one in made if (one.provider, one.number) == (call.provider, call.subject))
        return next((one.marker for one in numbered), None)

    # --- looking -------------------------------------------------------------------------------------------------

    def read(self, ask: Callable[[UnitOfWork], Coroutine[Any, Any, Any]]) -> Any:
        async def asked() -> Any:
            async with self.site.storage.begin() as work:
                return await ask(work)

        return self.site.place.run(asked())

    def stored(self, organization_id: UUID, booking_id: UUID) -> Booking | None:
        found: Booking | None = self.read(lambda work: work.bookings.to_change(organization_id, booking_id))
        return found

    def connections(self) -> dict[Host, Connection]:
        async def ask(work: UnitOfWork) -> list[Connection]:
            return [one for here in (HERE, THERE) for one in await work.connections.of_organization(here.id)]

        return {Host(one.organization_id, one.consultant_id, one.provider): one for one in self.read(ask)}

    def works(self, connection: Connection | None) -> bool:
        """Whether the provider accepts its tokens."""
        if connection is None or not connection.usable or connection.token_set is None:
            return False
        held = self.site.worlds[connection.provider].token_sets.get(connection.account.user_id)
        return held is not None and held.refresh_token == connection.token_set.refresh_token

    def bind(self, host: Host, user_id: str) -> None:
        """What is in another account cannot be reached from this one, and stays there until that one is back."""
        left = {made.link for made in self.site.log.made.values() if made.host == host and made.user_id != user_id}
        self.memory.abandoned |= left
        self.memory.bind(host, user_id)

    def move(self, by: timedelta) -> None:
        self.site.clock.move(by)

    def undisturbed(self, life: Life) -> bool:
        """No other process interfered, so a refusal has its reason in what people requested."""
        return not life.ever_stopped and not self.frozen

    def must_be_true(self, reason: bool, error: CalendraError, what: str) -> None:
        if not reason:
            raise Violation("lost", f"{what} was refused without a reason: {error!r}")
