"""Identity providers, identity links and sign-in requests in memory."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from adapters.in_memory.retention import oldest
from adapters.in_memory.state import State
from domain.accounts.identity import IdentityLink
from domain.accounts.identity_provider import IdentityProvider
from domain.accounts.sign_in_request import SignInRequest
from domain.ports.identity import IdentityLinks, IdentityProviders, SignInRequests

_K = TypeVar("_K")
_V = TypeVar("_V")


class InMemoryIdentityProviders(IdentityProviders):
    def __init__(self, state: State) -> None:
        self._state = state

    async def find(self, organization_id: UUID) -> IdentityProvider | None:
        return self._state.identity_providers.get(organization_id)

    async def save(self, provider: IdentityProvider) -> None:
        self._state.must_have_organization(provider.organization_id)
        self._state.identity_providers[provider.organization_id] = provider

    async def remove(self, organization_id: UUID) -> None:
        self._state.identity_providers.pop(organization_id, None)


class InMemoryIdentityLinks(IdentityLinks):
    def __init__(self, state: State) -> None:
        self._state = state
        self._links = state.identity_links

    async def add(self, link: IdentityLink) -> bool:
        here = link.organization_id
        self._state.must_have_account(here, link.account_id)
        if (here, link.account_id) in self._links or await self.of_subject(here, link.issuer, link.subject):
            return False
        self._links[(here, link.account_id)] = link
        return True

    async def of_subject(self, organization_id: UUID, issuer: str, subject: str) -> IdentityLink | None:
        here = await self.of_organization(organization_id)
        return next((one for one in here if (one.issuer, one.subject) == (issuer, subject)), None)

    async def of_organization(self, organization_id: UUID) -> Sequence[IdentityLink]:
        return [one for (owner, _), one in self._links.items() if owner == organization_id]

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        return _drop(self._links, [key for key in self._links if key == (organization_id, account_id)])

    async def remove_of_organization(self, organization_id: UUID) -> int:
        return _drop(self._links, [key for key in self._links if key[0] == organization_id])


class InMemorySignInRequests(SignInRequests):
    def __init__(self, state: State) -> None:
        self._state = state
        self._requests = state.sign_in_requests

    async def add(self, request: SignInRequest) -> None:
        self._state.must_have_organization(request.organization_id)
        self._requests[(request.organization_id, request.state_hash)] = request

    async def to_use(self, organization_id: UUID, state_hash: bytes) -> SignInRequest | None:
        return self._requests.get((organization_id, state_hash))

    async def save(self, request: SignInRequest) -> None:
        key = (request.organization_id, request.state_hash)
        if key in self._requests:
            self._requests[key] = request

    async def remove_of_organization(self, organization_id: UUID) -> int:
        return _drop(self._requests, [key for key in self._requests if key[0] == organization_id])

    async def remove_started_before(self, moment: datetime, *, most: int) -> int:
        old = oldest({key: one.started_at for key, one in self._requests.items()}, moment, most)
        return _drop(self._requests, old)


def _drop(stored: dict[_K, _V], keys: Sequence[_K]) -> int:
    for key in keys:
        del stored[key]
    return len(keys)
