"""Drafts of booking forms, each visible to its owner only."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.accounts.account import Account
from domain.booking.draft import Draft
from domain.errors import NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork

MOST_DRAFTS = 50


@dataclass(frozen=True)
class SaveDraft:
    """Rules: a draft has at most 50,000 characters and is kept for 60 days; a person has at most 50, and a new draft
    replaces the oldest one."""

    begin: Begin
    clock: Clock

    async def __call__(self, actor: Account, draft_id: UUID, form: str, booking_id: UUID | None) -> Draft:
        draft = Draft(actor.organization_id, draft_id, actor.id, form, self.clock.now(), booking_id)
        async with self.begin() as work:
            await keep(work, draft)
            await work.commit()
        return draft

    async def find(self, actor: Account, draft_id: UUID) -> Draft:
        async with self.begin() as work:
            draft = await work.drafts.find(actor.organization_id, actor.id, draft_id)
        if draft is None:
            raise NotFound(ObjectKind.DRAFT)
        return draft

    async def all_of(self, actor: Account) -> Sequence[Draft]:
        async with self.begin() as work:
            return await work.drafts.of_account(actor.organization_id, actor.id)

    async def remove(self, actor: Account, draft_id: UUID) -> None:
        async with self.begin() as work:
            await work.drafts.remove(actor.organization_id, actor.id, draft_id)
            await work.commit()


async def keep(work: UnitOfWork, draft: Draft) -> None:
    """Saves the draft, and removes its owner's oldest drafts beyond the limit."""
    await work.drafts.save(draft)
    for old in (await work.drafts.of_account(draft.organization_id, draft.account_id))[MOST_DRAFTS:]:
        await work.drafts.remove(old.organization_id, old.account_id, old.id)
