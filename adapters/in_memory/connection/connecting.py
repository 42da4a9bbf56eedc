"""Authorization requests, booking drafts and connect links in memory."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from adapters.in_memory.retention import oldest
from adapters.in_memory.state import State
from domain.booking.draft import Draft
from domain.connection.authorization_request import AuthorizationRequest
from domain.connection.connect_link import ConnectLink
from domain.errors import ObjectKind
from domain.ports.connections import AuthorizationRequests, ConnectLinks
from domain.ports.drafts import Drafts


class InMemoryAuthorizationRequests(AuthorizationRequests):
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, request: AuthorizationRequest) -> None:
        self._state.must_have_account(request.organization_id, request.account_id)
        self._state.authorization_requests[(request.organization_id, request.state_hash)] = request

    async def to_use(self, organization_id: UUID, state_hash: bytes) -> AuthorizationRequest | None:
        return self._state.authorization_requests.get((organization_id, state_hash))

    async def save(self, request: AuthorizationRequest) -> None:
        if (key := (request.organization_id, request.state_hash)) in self._state.authorization_requests:
            self._state.authorization_requests[key] = request

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        owner = (organization_id, account_id)
        return self._drop([it for it in self._all if (it.organization_id, it.account_id) == owner])

    async def remove_started_before(self, moment: datetime, *, most: int) -> int:
        old = oldest({key: it.started_at for key, it in self._state.authorization_requests.items()}, moment, most)
        return self._drop([self._state.authorization_requests[key] for key in old])

    @property
    def _all(self) -> list[AuthorizationRequest]:
        return list(self._state.authorization_requests.values())

    def _drop(self, authorization_requests: list[AuthorizationRequest]) -> int:
        for it in authorization_requests:
            del self._state.authorization_requests[(it.organization_id, it.state_hash)]
        return len(authorization_requests)


class InMemoryDrafts(Drafts):
    def __init__(self, state: State) -> None:
        self._state = state

    async def save(self, draft: Draft) -> None:
        self._state.must_have_account(draft.organization_id, draft.account_id)
        self._state.drafts[(draft.organization_id, draft.account_id, draft.id)] = draft

    async def find(self, organization_id: UUID, account_id: UUID, draft_id: UUID) -> Draft | None:
        return self._state.drafts.get((organization_id, account_id, draft_id))

    async def of_account(self, organization_id: UUID, account_id: UUID) -> Sequence[Draft]:
        owner = (organization_id, account_id)
        theirs = [draft for key, draft in self._state.drafts.items() if key[:2] == owner]
        return sorted(theirs, key=lambda draft: (draft.saved_at, draft.id), reverse=True)

    async def remove(self, organization_id: UUID, account_id: UUID, draft_id: UUID) -> None:
        self._state.drafts.pop((organization_id, account_id, draft_id), None)

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        theirs = await self.of_account(organization_id, account_id)
        for draft in theirs:
            await self.remove(organization_id, account_id, draft.id)
        return len(theirs)

    async def naming(self, organization_id: UUID, client_id: UUID) -> Sequence[Draft]:
        return [draft for draft in await self.of_organization(organization_id) if str(client_id) in draft.form]

    async def of_organization(self, organization_id: UUID) -> Sequence[Draft]:
        return [draft for key, draft in self._state.drafts.items() if key[0] == organization_id]

    async def remove_saved_before(self, moment: datetime, *, most: int) -> int:
        old = oldest({key: it.saved_at for key, it in self._state.drafts.items()}, moment, most)
        for key in old:
            del self._state.drafts[key]
        return len(old)


class InMemoryConnectLinks(ConnectLinks):
    def __init__(self, state: State) -> None:
        self._state = state

    async def add(self, link: ConnectLink) -> None:
        self._state.must_have_account(link.organization_id, link.consultant_id, ObjectKind.CONSULTANT)
        self._state.must_have_account(link.organization_id, link.made_by)
        self._state.connect_links[(link.organization_id, link.token_hash)] = link

    async def pending(self, organization_id: UUID, made_by: UUID, *, made_after: datetime) -> int:
        theirs = [one for one in self._all if (one.organization_id, one.made_by) == (organization_id, made_by)]
        return sum(one.used_at is None and one.made_at > made_after for one in theirs)

    async def to_use(self, organization_id: UUID, token_hash: bytes) -> ConnectLink | None:
        return self._state.connect_links.get((organization_id, token_hash))

    async def save(self, link: ConnectLink) -> None:
        if (key := (link.organization_id, link.token_hash)) in self._state.connect_links:
            self._state.connect_links[key] = link

    async def remove_of_consultant(self, organization_id: UUID, consultant_id: UUID) -> int:
        owner = (organization_id, consultant_id)
        return self._drop([it for it in self._all if (it.organization_id, it.consultant_id) == owner])

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        old = oldest({key: it.made_at for key, it in self._state.connect_links.items()}, moment, most)
        return self._drop([self._state.connect_links[key] for key in old])

    @property
    def _all(self) -> list[ConnectLink]:
        return list(self._state.connect_links.values())

    def _drop(self, links: list[ConnectLink]) -> int:
        for it in links:
            del self._state.connect_links[(it.organization_id, it.token_hash)]
        return len(links)
