"""Starts an authorization request: redirects a consultant to the provider's consent page."""

import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from application.booking.save_draft import keep
from application.secret import Secret
from domain.accounts.account import Account
from domain.booking.draft import Draft
from domain.connection.authorization_request import AuthorizationRequest
from domain.errors import Invalid, NotFound, ObjectKind
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.providers import Providers
from domain.rule import Rule


@dataclass(frozen=True, slots=True)
class AuthorizationRedirect:
    """`address` is the provider's consent page; `draft_id` the draft to return to."""

    address: str
    draft_id: UUID | None


@dataclass(frozen=True, slots=True)
class UnfinishedForm:
    """A booking form as its owner left it. `booking_id` is the booking that it edits, if any."""

    text: str
    booking_id: UUID | None = None


@dataclass(frozen=True)
class ConnectProvider:
    """Rules:

    - People connect only themselves.
    - The `state` is valid once and for ten minutes, and is bound to the account and the login session.
    - The form is saved as a draft in the same transaction, so it survives any failure at the provider.
    - A repeated attempt returns to the draft of the previous one.
    """

    begin: Begin
    providers: Providers
    clock: Clock

    async def __call__(
        self,
        actor: Account,
        login_id: bytes,
        provider_name: str,
        form: UnfinishedForm | None = None,
        draft_id: UUID | None = None,
    ) -> AuthorizationRedirect:
        """Raises NotFound for an unknown provider or a draft that is not the actor's, Invalid for two forms."""
        async with self.begin() as work:
            redirect = await self.prepare(work, actor, login_id, provider_name, form, draft_id)
            await work.commit()
        return redirect

    async def prepare(
        self,
        work: UnitOfWork,
        actor: Account,
        login_id: bytes,
        provider_name: str,
        form: UnfinishedForm | None = None,
        draft_id: UUID | None = None,
    ) -> AuthorizationRedirect:
        """The same within the given unit of work."""
        provider = self.providers[provider_name]
        if form and draft_id:
            raise Invalid("draft_id", Rule.FORM_AND_DRAFT)
        if not actor.is_consultant:
            raise NotFound(ObjectKind.CONSULTANT)
        state = Secret.fresh(actor.organization_id)
        verifier = secrets.token_urlsafe(48)
        now = self.clock.now()
        draft = await self._draft(work, actor, form, draft_id)
        request = AuthorizationRequest(
            actor.organization_id, state.hash, actor.id, login_id, provider.name, verifier, now, draft
        )
        await work.authorization_requests.add(request)
        return AuthorizationRedirect(provider.oauth.authorize_address(state.text, verifier), draft)

    async def _draft(
        self, work: UnitOfWork, actor: Account, form: UnfinishedForm | None, draft_id: UUID | None
    ) -> UUID | None:
        """The id of the draft to return to."""
        if form:
            now = self.clock.now()
            draft = Draft(actor.organization_id, uuid4(), actor.id, form.text, now, form.booking_id)
            await keep(work, draft)
            return draft.id
        if draft_id and await work.drafts.find(actor.organization_id, actor.id, draft_id) is None:
            raise NotFound(ObjectKind.DRAFT)
        return draft_id
