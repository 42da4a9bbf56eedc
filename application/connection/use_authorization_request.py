"""Uses up the authorization request that a response belongs to."""

from dataclasses import dataclass

from application.secret import Secret
from domain.accounts.account import Account
from domain.connection.authorization_request import AuthorizationRequest
from domain.connection.connection import Connection
from domain.connection.errors import AuthorizationFailed, AuthorizationRequestUnknown
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.provider import Provider


@dataclass(frozen=True)
class UseAuthorizationRequest:
    """Rules:

    - A response is accepted only for an authorization request of this account, in this browser, within ten minutes.
    - The `state` is used up before the provider is called, so that a repeated response has no effect.
    """

    begin: Begin
    clock: Clock

    async def __call__(
        self, actor: Account, login_id: bytes, provider: Provider, response_state: str | None
    ) -> tuple[AuthorizationRequest, Connection | None]:
        """The authorization request, used up, and the connection before it."""
        state = Secret.read(response_state)
        if state is None or state.organization_id != actor.organization_id:
            raise AuthorizationRequestUnknown(label=provider.label)
        async with self.begin() as work:
            request = await work.authorization_requests.to_use(state.organization_id, state.hash)
            if request is None or request.provider != provider.name:
                raise AuthorizationRequestUnknown(label=provider.label)
            try:
                used = request.use(actor.id, login_id, provider.label, now=self.clock.now())
            except AuthorizationFailed as failure:
                raise with_draft(failure, request, actor) from None
            before = await work.connections.find(actor.host_at(provider.name))
            await work.authorization_requests.save(used)
            await work.commit()
        return used, before


def with_draft(failure: AuthorizationFailed, request: AuthorizationRequest, actor: Account) -> AuthorizationFailed:
    if request.draft_id and request.account_id == actor.id:
        failure.data["draft_id"] = str(request.draft_id)
    return failure
