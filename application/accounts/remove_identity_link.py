"""Removes the link between a person's account and their identity at the practice's provider."""

from dataclasses import dataclass
from uuid import UUID

from application.security_events import record
from domain.accounts.account import Account
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True)
class RemoveIdentityLink:
    """Rules:

    - Admins remove links of their practice. The person's next sign-in at the provider makes a new one by the proven
      address.
    - Removing a link that does not exist changes nothing.
    """

    begin: Begin
    clock: Clock

    async def __call__(self, actor: Account, account_id: UUID) -> None:
        """Raises NotAllowed, NotFound."""
        actor.must_be_admin()
        here, now = actor.organization_id, self.clock.now()
        async with self.begin() as work:
            person = await work.people.account(here, account_id)
            if person is None:
                raise NotFound(ObjectKind.PERSON)
            if not await work.identity_links.remove_of_account(here, account_id):
                return
            facts = Facts(name=person.name)
            await work.audit_log.add(
                AuditEntry(here, here, now, Action.IDENTITY_UNLINKED, actor.id, account_id, facts=facts)
            )
            await record(work, SecurityEvent(EventKind.IDENTITY_UNLINKED, now, here, actor.id, account_id))
            await work.commit()
