"""Completes an authorization request: turns the authorization response into a connection, or says why not."""

from dataclasses import dataclass
from uuid import UUID

from application.connection.bind_connection import BindConnection
from application.connection.exchange_code import exchanged
from application.connection.pass_on_tokens import PassOnTokens
from application.connection.use_authorization_request import UseAuthorizationRequest, with_draft
from domain.accounts.account import Account
from domain.accounts.errors import NotLoggedIn
from domain.connection.authorization_request import AuthorizationRequest
from domain.connection.connection import Connection, ProviderAccount
from domain.connection.errors import (
    AuthorizationFailed,
    ConsentDeclined,
    ConsentUnfinished,
    OtherProviderAccount,
    ProviderAccountTaken,
    ScopesMissing,
    UnfinishedReason,
)
from domain.errors import ProviderError
from domain.ports.clock import Clock
from domain.provider import Provider
from domain.provider_errors import AccessRejected, AuthorizationRevoked, Misconfigured, NeedsConsultant, TryLater
from domain.providers import Providers


@dataclass(frozen=True, slots=True)
class AuthorizationResponse:
    """The parameters of the OAuth callback. Without our `state` the response belongs to no authorization request."""

    state: str | None
    code: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Connected:
    provider: str
    label: str
    account: ProviderAccount
    draft_id: UUID | None


@dataclass(frozen=True)
class CompleteConnection:
    """Rules:

    - A response uses up its authorization request before the provider is called.
    - A consultant who authorizes in two browsers at once is connected once, and both responses show the result.
    """

    providers: Providers
    use_request: UseAuthorizationRequest
    bind: BindConnection
    pass_on: PassOnTokens
    clock: Clock

    async def __call__(
        self, actor: Account, login_id: bytes, provider_name: str, back: AuthorizationResponse
    ) -> Connected:
        """Raises a subclass of AuthorizationFailed, whose data contain `draft_id` when there is a draft to return
        to."""
        provider = self.providers[provider_name]
        request, before = await self.use_request(actor, login_id, provider, back.state)
        try:
            return await self._connect(actor, provider, request, before, back)
        except AuthorizationFailed as failure:
            raise with_draft(failure, request, actor) from failure.__cause__

    async def _connect(
        self,
        actor: Account,
        provider: Provider,
        request: AuthorizationRequest,
        before: Connection | None,
        back: AuthorizationResponse,
    ) -> Connected:
        if back.error == "access_denied":
            raise ConsentDeclined(label=provider.label)
        if back.error or not back.code:
            raise ConsentUnfinished(label=provider.label, reason=UnfinishedReason.NO_AUTHORIZATION_SENT)
        try:
            account = await self._bound(actor, provider, request, before, back.code)
        except ProviderError as error:
            raise _unfinished(provider, error) from error
        return Connected(provider.name, provider.label, account, request.draft_id)

    async def _bound(
        self, actor: Account, provider: Provider, request: AuthorizationRequest, before: Connection | None, code: str
    ) -> ProviderAccount:
        try:
            new = await exchanged(provider, code, request.verifier, before, self.clock)
        except (AccessRejected, AuthorizationRevoked):
            rival = await self.bind.rival_of(actor, provider, before)
            if rival is None:
                raise
            await self.bind.must_stand(actor, provider)
            return rival.account
        try:
            if missing := provider.missing_scopes(new.token_set.scopes):
                raise ScopesMissing(label=provider.label, scopes=list(missing))  # noqa: TRY301
            await self.bind(actor, provider, new)
        except (ScopesMissing, ProviderAccountTaken, OtherProviderAccount, NotLoggedIn):
            await self.pass_on(provider, new)
            raise
        return new.account


def _unfinished(provider: Provider, error: ProviderError) -> AuthorizationFailed:
    if isinstance(error, NeedsConsultant) and error.scopes:  # even the scope for the current user is missing
        return ScopesMissing(label=provider.label, scopes=list(error.scopes))
    return ConsentUnfinished(label=provider.label, reason=_reason(error))


def _reason(error: ProviderError) -> UnfinishedReason:
    match error:
        case TryLater():
            return UnfinishedReason.NOT_RESPONDING
        case AuthorizationRevoked():
            return UnfinishedReason.AUTHORIZATION_NOT_VALID
        case Misconfigured():
            return UnfinishedReason.MISCONFIGURED
        case _:
            return UnfinishedReason.ACCOUNT_NOT_NAMED
