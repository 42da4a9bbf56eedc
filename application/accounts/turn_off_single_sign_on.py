"""Lets a practice's people sign in with passwords again, or removes its identity provider."""

from dataclasses import dataclass, replace
from uuid import UUID

from application.security_events import record
from domain.accounts.account import Account
from domain.accounts.identity_provider import IdentityProvider
from domain.accounts.organization import Organization
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True)
class TurnOffSingleSignOn:
    """Rules:

    - Admins remove the identity provider of their practice. The operator, who names any person of it, removes it or
      only ends the requirement, for example when the provider is gone and no admin can sign in.
    - Removing it ends all links. Login sessions go on.
    """

    begin: Begin
    clock: Clock

    async def remove(self, actor: Account) -> None:
        """Raises NotAllowed. Without a provider nothing changes."""
        actor.must_be_admin()
        async with self.begin() as work:
            if provider := await work.identity_providers.find(actor.organization_id):
                await self._remove(work, provider, actor.id)
                await work.commit()

    async def by_operator(self, email: str, *, remove: bool) -> Organization:
        """The practice. Raises NotFound when nobody has this address, or the practice has no identity provider."""
        async with self.begin() as work:
            person = await work.people.person_by_email(email.strip().lower())
            if person is None:
                raise NotFound(ObjectKind.PERSON_BY_EMAIL)
            practice = await work.people.organization(person.organization_id)
            provider = await work.identity_providers.find(person.organization_id)
            if practice is None or provider is None:
                raise NotFound(ObjectKind.IDENTITY_PROVIDER)
            if remove:
                await self._remove(work, provider, None)
            elif provider.required:
                await work.identity_providers.save(replace(provider, required=False))
                kind, action = EventKind.SINGLE_SIGN_ON_OPTIONAL, Action.SINGLE_SIGN_ON_OPTIONAL
                await self._note(work, provider, None, kind, action)
            await work.commit()
        return practice

    async def _remove(self, work: UnitOfWork, provider: IdentityProvider, actor_id: UUID | None) -> None:
        here = provider.organization_id
        await work.identity_providers.remove(here)
        await work.identity_links.remove_of_organization(here)
        await work.sign_in_requests.remove_of_organization(here)
        kind, action = EventKind.IDENTITY_PROVIDER_REMOVED, Action.IDENTITY_PROVIDER_REMOVED
        await self._note(work, provider, actor_id, kind, action)

    async def _note(
        self, work: UnitOfWork, provider: IdentityProvider, actor_id: UUID | None, kind: EventKind, action: Action
    ) -> None:
        here, now = provider.organization_id, self.clock.now()
        await work.audit_log.add(AuditEntry(here, here, now, action, actor_id, facts=Facts(name=provider.issuer)))
        await record(work, SecurityEvent(kind, now, here, actor_id))
