"""Creates a one-time link by which a person chooses a new password, and revokes it."""

from dataclasses import dataclass
from uuid import UUID

from application.secret import Secret
from application.security_events import record
from domain.accounts.account import Account
from domain.accounts.reset_link import ResetLink
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True, slots=True)
class MadeResetLink:
    """`secret` is shown once and not stored."""

    secret: Secret
    link: ResetLink
    account: Account


@dataclass(frozen=True)
class MakeResetLink:
    """Rules:

    - Admins create links for the other people of their practice, the operator for anybody. For their own account admins
      need their old password, or another admin.
    - The link works once, within 72 hours, until it is revoked. A person has one link: a new one ends the previous one.
    - The old password works until the link is used.
    - An account that has ended gets no link.
    """

    begin: Begin
    clock: Clock

    async def __call__(self, actor: Account, account_id: UUID) -> MadeResetLink:
        """Raises NotAllowed, NotFound, AccountEnded, OwnResetLink."""
        actor.must_be_admin()
        async with self.begin() as work:
            return await self._make(work, await _person(work, actor, account_id), actor)

    async def by_operator(self, email: str) -> MadeResetLink:
        """Raises NotFound, AccountEnded."""
        async with self.begin() as work:
            person = await work.people.person_by_email(email.strip().lower())
            if person is None:
                raise NotFound(ObjectKind.PERSON_BY_EMAIL)
            return await self._make(work, person, None)

    async def revoke(self, actor: Account, account_id: UUID) -> None:
        """Revoking again changes nothing. Raises NotAllowed, NotFound."""
        actor.must_be_admin()
        async with self.begin() as work:
            person = await _person(work, actor, account_id)
            if await work.reset_links.remove_of_account(person.organization_id, person.id):
                await self._record(work, EventKind.RESET_LINK_REVOKED, person, actor)
                await work.commit()

    async def _make(self, work: UnitOfWork, person: Account, by: Account | None) -> MadeResetLink:
        # Locks the account: it may be ending at the same time.
        person = await work.people.account_to_assign(person.organization_id, person.id) or person
        secret = Secret.fresh(person.organization_id)
        link = ResetLink.make(person, secret.hash, by, now=self.clock.now())
        await work.reset_links.save(link)
        await self._record(work, EventKind.RESET_LINK_CREATED, person, by)
        await work.commit()
        return MadeResetLink(secret, link, person)

    async def _record(self, work: UnitOfWork, kind: EventKind, person: Account, by: Account | None) -> None:
        actor_id, now = by.id if by else None, self.clock.now()
        await record(work, SecurityEvent(kind, now, person.organization_id, actor_id, person.id))


async def _person(work: UnitOfWork, actor: Account, account_id: UUID) -> Account:
    person = await work.people.account(actor.organization_id, account_id)
    if person is None:
        raise NotFound(ObjectKind.PERSON)
    return person
