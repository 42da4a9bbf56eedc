"""Changes a person's own preferences: name, time zone and language."""

from dataclasses import dataclass

from domain.accounts.account import Account, Preferences
from domain.errors import NotFound, ObjectKind
from domain.ports.unit_of_work import Begin


@dataclass(frozen=True)
class ChangePreferences:
    """Rules: people change their own only; preferences that are not sent stay."""

    begin: Begin

    async def __call__(self, actor: Account, wanted: Preferences) -> Account:
        """Raises Invalid."""
        async with self.begin() as work:
            present = await work.people.account(actor.organization_id, actor.id)
            if present is None:
                raise NotFound(ObjectKind.ACCOUNT)
            changed = present.preferring(wanted)
            await work.people.save_preferences(changed)
            await work.commit()
        return changed
