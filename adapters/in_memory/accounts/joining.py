"""Invitations, foundings and reset links in memory."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from adapters.in_memory.retention import oldest
from adapters.in_memory.state import State
from domain.accounts.founding import Founding
from domain.accounts.invitation import Invitation
from domain.accounts.reset_link import ResetLink
from domain.ports.joining import Foundings, Invitations, ResetLinks


class InMemoryInvitations(Invitations):
    def __init__(self, state: State) -> None:
        self._state = state
        self._invitations = state.invitations

    async def add(self, invitation: Invitation) -> None:
        self._state.must_have_account(invitation.organization_id, invitation.made_by)
        self._invitations[_key(invitation)] = invitation

    async def to_change(self, organization_id: UUID, invitation_id: UUID) -> Invitation | None:
        return self._invitations.get((organization_id, invitation_id))

    async def to_use(self, organization_id: UUID, token_hash: bytes) -> Invitation | None:
        here = await self.of_organization(organization_id)
        return next((one for one in here if one.token_hash == token_hash), None)

    async def save(self, invitation: Invitation) -> None:
        if _key(invitation) in self._invitations:
            self._invitations[_key(invitation)] = invitation

    async def of_organization(self, organization_id: UUID) -> Sequence[Invitation]:
        here = sorted((one for (owner, _), one in self._invitations.items() if owner == organization_id), key=_by_id)
        return sorted(here, key=lambda one: one.made_at, reverse=True)

    async def remove(self, invitation: Invitation) -> None:
        self._invitations.pop(_key(invitation), None)

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        old = oldest({key: one.made_at for key, one in self._invitations.items()}, moment, most)
        for key in old:
            del self._invitations[key]
        return len(old)


class InMemoryFoundings(Foundings):
    def __init__(self, state: State) -> None:
        self._foundings = state.foundings

    async def add(self, founding: Founding) -> None:
        self._foundings[founding.organization_id] = founding

    async def to_use(self, organization_id: UUID, token_hash: bytes) -> Founding | None:
        found = self._foundings.get(organization_id)
        return found if found and found.token_hash == token_hash else None

    async def remove(self, founding: Founding) -> None:
        self._foundings.pop(founding.organization_id, None)

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        old = oldest({key: one.made_at for key, one in self._foundings.items()}, moment, most)
        for key in old:
            del self._foundings[key]
        return len(old)


class InMemoryResetLinks(ResetLinks):
    def __init__(self, state: State) -> None:
        self._state = state
        self._links = state.reset_links

    async def save(self, link: ResetLink) -> None:
        self._state.must_have_account(link.organization_id, link.account_id)
        if link.made_by:
            self._state.must_have_account(link.organization_id, link.made_by)
        self._links[(link.organization_id, link.account_id)] = link

    async def find(self, organization_id: UUID, token_hash: bytes) -> ResetLink | None:
        here = await self.of_organization(organization_id)
        return next((one for one in here if one.token_hash == token_hash), None)

    async def use_up(self, link: ResetLink) -> bool:
        found = await self.find(link.organization_id, link.token_hash)
        return found is not None and bool(self._drop([(found.organization_id, found.account_id)]))

    async def of_organization(self, organization_id: UUID) -> Sequence[ResetLink]:
        return [one for (owner, _), one in self._links.items() if owner == organization_id]

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        return self._drop([key for key in self._links if key == (organization_id, account_id)])

    async def remove_made_by(self, organization_id: UUID, account_id: UUID) -> int:
        maker = (organization_id, account_id)
        return self._drop([key for key, one in self._links.items() if (one.organization_id, one.made_by) == maker])

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        return self._drop(oldest({key: one.made_at for key, one in self._links.items()}, moment, most))

    def _drop(self, keys: Sequence[tuple[UUID, UUID]]) -> int:
        for key in keys:
            del self._links[key]
        return len(keys)


def _key(invitation: Invitation) -> tuple[UUID, UUID]:
    return invitation.organization_id, invitation.id


def _by_id(invitation: Invitation) -> UUID:
    return invitation.id
