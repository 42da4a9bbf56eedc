"""The practice's own settings: its name, its time zone, its language."""

from dataclasses import dataclass

from application.read_history import History, told
from domain.accounts.account import Account
from domain.accounts.organization import Organization, PracticeSettings
from domain.audit_log import AuditEntry
from domain.errors import NotFound
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin


@dataclass(frozen=True)
class ChangePractice:
    """Rules:

    - Admins change their own practice; what is not named stays.
    - People whose own zone was the practice's go on with the practice's new one.
    """

    begin: Begin
    clock: Clock

    async def __call__(self, actor: Account, wanted: PracticeSettings) -> Organization:
        """Raises NotAllowed, Invalid."""
        actor.must_be_admin()
        here = actor.organization_id
        async with self.begin() as work:
            present = await work.people.organization(here)
            if present is None:
                raise NotFound("practice")
            changed = present.changed(wanted)
            if changed == present:
                return present
            await work.people.save_organization(changed)
            if changed.zone != present.zone:
                await work.people.follow_zone(here, present.zone, changed.zone)
            facts = {"changed": ", ".join(present.differences(changed))}
            await work.audit_log.add(
                AuditEntry(here, here, self.clock.now(), "practice_changed", actor_id=actor.id, facts=facts)
            )
            await work.commit()
        return changed

    async def history(self, actor: Account) -> History:
        """What happened to the practice and to who belongs to it. Raises NotAllowed."""
        actor.must_be_admin()
        async with self.begin() as work:
            return await told(work, actor.organization_id, actor.organization_id)
