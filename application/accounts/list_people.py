"""Lists the people of a practice: roles, sign-ins, sessions, connections, and who has left."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.accounts.account import Account
from domain.accounts.second_factors import NO_SECOND_FACTORS, Factor
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.providers import Providers


@dataclass(frozen=True, slots=True)
class PersonStatus:
    """`coming`: the person's planned bookings that are not over. `connected_at`: the labels of the providers.
    `last_login_at`: the hour of the last sign-in. `reset_link_until`: the end of a pending link for a new password.
    `second_factors`: the kinds that the person has set up."""

    account: Account
    coming: int
    connected_at: tuple[str, ...]
    last_login_at: datetime | None
    reset_link_until: datetime | None
    second_factors: tuple[Factor, ...]


@dataclass(frozen=True)
class ListPeople:
    """Rules: admins see everybody in their practice, by name; people whose account has ended come last."""

    begin: Begin
    providers: Providers
    clock: Clock

    async def __call__(self, actor: Account) -> Sequence[PersonStatus]:
        """The number of statements does not depend on the number of people. Raises NotAllowed."""
        actor.must_be_admin()
        async with self.begin() as work:
            everybody = await work.people.everybody(actor.organization_id)
            return await self._of(work, actor, sorted(everybody, key=lambda one: one.ended))

    async def one(self, work: UnitOfWork, person: Account) -> PersonStatus:
        """The status of this person within the given unit of work."""
        return (await self._of(work, person, [person]))[0]

    async def _of(self, work: UnitOfWork, member: Account, people: Sequence[Account]) -> Sequence[PersonStatus]:
        here, now = member.organization_id, self.clock.now()
        coming = await work.bookings.coming(here, now=now)
        logins = await work.people.last_logins(here)
        links = {
            one.account_id: one.ends_at for one in await work.reset_links.of_organization(here) if one.pending(now)
        }
        factors = await work.second_factors.of_organization(here)
        labels = defaultdict(list)
        for connection in await work.connections.of_organization(here):
            labels[connection.consultant_id].append(self.providers.label(connection.provider))
        return [
            PersonStatus(
                one,
                coming.get(one.id, 0),
                tuple(sorted(labels[one.id])),
                logins.get(one.id),
                links.get(one.id),
                factors.get(one.id, NO_SECOND_FACTORS).kinds,
            )
            for one in people
        ]
