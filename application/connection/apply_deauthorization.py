"""Applies a deauthorization: the consultant removed Calendra at the provider, and the connection ends."""

from dataclasses import dataclass

from application.security_events import record
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.connection.connection import Connection
from domain.connection.revocation import Ending, Revocation
from domain.ports.clock import Clock
from domain.ports.unit_of_work import UnitOfWork
from domain.security.event import EventKind, SecurityEvent
from domain.webhook_event import Deauthorized


@dataclass(frozen=True)
class ApplyDeauthorization:
    """Rules:

    - Tokens and the provider's profile data are destroyed at once; applying it again changes nothing.
    - A removal older than the present authorization is ignored: the consultant connected again since.
    - Links stay on the bookings; new meetings are refused until the consultant connects again.
    """

    clock: Clock

    async def __call__(self, work: UnitOfWork, provider: str, event: Deauthorized) -> bool:
        """Runs within the given unit of work. True when a connection ended."""
        found = await work.connections.of_provider_user(provider, event.user_id)
        if found is None or found.account.account_id != event.account_id or not found.predates(event.at):
            return False
        await work.connections.remove(found)
        await work.audit_log.add(self._entry(found))
        kind = EventKind.DISCONNECTED if found.leaving else EventKind.REMOVED_AT_PROVIDER
        ended = SecurityEvent(kind, self.clock.now(), found.organization_id, None, found.consultant_id)
        await record(work, ended.at_provider(provider))
        return True

    def _entry(self, ended: Connection) -> AuditEntry:
        """For a connection that is being disconnected, the webhook event is the provider's confirmation."""
        organization_id, who, now = ended.organization_id, ended.consultant_id, self.clock.now()
        if ended.leaving:
            entry = AuditEntry(organization_id, who, now, Action.DISCONNECTED, provider=ended.provider)
            return entry.with_facts(Facts(ending=Ending(Revocation.CONFIRMED)))
        return AuditEntry(organization_id, who, now, Action.REMOVED_AT_PROVIDER, who, who, ended.provider)
