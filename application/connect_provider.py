"""Sends a consultant to the provider's consent page, with the way back prepared."""

import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from application.keep_draft import keep
from application.secret import Secret
from domain.account import Account
from domain.attempt import Attempt
from domain.draft import Draft
from domain.errors import NotFound
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.providers import Providers


@dataclass(frozen=True, slots=True)
class Departure:
    """`address` is the provider's consent page; `draft_id` the form that waits for the return."""

    address: str
    draft_id: UUID | None


@dataclass(frozen=True, slots=True)
class UnfinishedForm:
    """A session form as its owner left it. `booking_id` when it edits a booking."""

    text: str
    booking_id: UUID | None = None


@dataclass(frozen=True)
class ConnectProvider:
    """Rules:

    - People connect only themselves.
    - The state is used once, ends after ten minutes, and is bound to the account and the browser session.
    - The form is saved as a draft in the same transaction, so it survives whatever happens at the provider.
    """

    begin: Begin
    providers: Providers
    clock: Clock

    async def __call__(
        self, actor: Account, session_id: bytes, provider_name: str, form: UnfinishedForm | None = None
    ) -> Departure:
        """Raises NotFound for an unknown provider."""
        provider = self.providers[provider_name]
        if not actor.is_consultant:
            raise NotFound("consultant")
        state = Secret.fresh(actor.organization_id)
        verifier = secrets.token_urlsafe(48)
        now = self.clock.now()
        draft = form and Draft(actor.organization_id, uuid4(), actor.id, form.text, now, form.booking_id)
        async with self.begin() as work:
            if draft:
                await keep(work, draft)
            draft_id = draft.id if draft else None
            attempt = Attempt(
                actor.organization_id, state.hash, actor.id, session_id, provider.name, verifier, now, draft_id
            )
            await work.attempts.add(attempt)
            await work.commit()
        return Departure(provider.consent.authorize_address(state.text, verifier), draft_id)
