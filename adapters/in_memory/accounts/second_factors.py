"""Second factors and pending logins in memory."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from adapters.in_memory.retention import oldest
from adapters.in_memory.state import State
from domain.accounts.authenticator_app import AuthenticatorApp
from domain.accounts.pending_login import PendingLogin
from domain.accounts.recovery_code import RecoveryCode
from domain.accounts.second_factors import SecondFactors
from domain.ports.second_factors import AuthenticatorApps, PendingLogins, RecoveryCodes, SecondFactorViews


class InMemorySecondFactorViews(SecondFactorViews):
    def __init__(self, state: State) -> None:
        self._state = state

    async def of_account(self, organization_id: UUID, account_id: UUID) -> SecondFactors:
        who = (organization_id, account_id)
        apps = self._state.authenticator_apps.values()
        return SecondFactors(
            any((one.organization_id, one.account_id) == who and one.confirmed for one in apps),
            sum((one.organization_id, one.account_id) == who for one in self._state.passkeys.values()),
            sum(key[:2] == who for key in self._state.recovery_codes),
        )

    async def of_organization(self, organization_id: UUID) -> Mapping[UUID, SecondFactors]:
        people = [key[1] for key in self._state.accounts if key[0] == organization_id]
        return {one: await self.of_account(organization_id, one) for one in people}


class InMemoryAuthenticatorApps(AuthenticatorApps):
    def __init__(self, state: State) -> None:
        self._state = state
        self._apps = state.authenticator_apps

    async def add(self, app: AuthenticatorApp) -> None:
        self._state.must_have_account(app.organization_id, app.account_id)
        if before := await self.to_confirm(app.organization_id, app.account_id):
            del self._apps[(before.organization_id, before.id)]
        self._apps[(app.organization_id, app.id)] = app

    async def to_confirm(self, organization_id: UUID, account_id: UUID) -> AuthenticatorApp | None:
        return next((one for one in self._theirs(organization_id, account_id) if not one.confirmed), None)

    async def to_use(self, organization_id: UUID, account_id: UUID) -> AuthenticatorApp | None:
        return next((one for one in self._theirs(organization_id, account_id) if one.confirmed), None)

    async def save(self, app: AuthenticatorApp) -> None:
        self._apps[(app.organization_id, app.id)] = app

    async def remove_others(self, app: AuthenticatorApp) -> None:
        for one in self._theirs(app.organization_id, app.account_id):
            if one.id != app.id:
                del self._apps[(one.organization_id, one.id)]

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        gone = self._theirs(organization_id, account_id)
        for one in gone:
            del self._apps[(organization_id, one.id)]
        return len(gone)

    def _theirs(self, organization_id: UUID, account_id: UUID) -> list[AuthenticatorApp]:
        who = (organization_id, account_id)
        return [one for one in self._apps.values() if (one.organization_id, one.account_id) == who]


class InMemoryRecoveryCodes(RecoveryCodes):
    def __init__(self, state: State) -> None:
        self._state = state
        self._codes = state.recovery_codes

    async def replace(self, organization_id: UUID, account_id: UUID, codes: Collection[RecoveryCode]) -> None:
        for key in [key for key in self._codes if key[:2] == (organization_id, account_id)]:
            del self._codes[key]
        for one in codes:
            self._state.must_have_account(one.organization_id, one.account_id)
            self._codes[(one.organization_id, one.account_id, one.code_hash)] = one

    async def use_up(self, organization_id: UUID, account_id: UUID, code_hash: bytes) -> bool:
        return self._codes.pop((organization_id, account_id, code_hash), None) is not None


class InMemoryPendingLogins(PendingLogins):
    def __init__(self, state: State) -> None:
        self._state = state
        self._pending = state.pending_logins

    async def add(self, pending: PendingLogin) -> None:
        self._state.must_have_account(pending.organization_id, pending.account_id)
        self._pending[(pending.organization_id, pending.token_hash)] = pending

    async def find(self, organization_id: UUID, token_hash: bytes) -> PendingLogin | None:
        return self._pending.get((organization_id, token_hash))

    async def save(self, pending: PendingLogin) -> None:
        self._pending[(pending.organization_id, pending.token_hash)] = pending

    async def remove(self, pending: PendingLogin) -> None:
        self._pending.pop((pending.organization_id, pending.token_hash), None)

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        pending = self._pending.items()
        return self._drop([key for key, it in pending if (key[0], it.account_id) == (organization_id, account_id)])

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        return self._drop(oldest({key: it.made_at for key, it in self._pending.items()}, moment, most))

    def _drop(self, ended: Collection[tuple[UUID, bytes]]) -> int:
        for key in ended:
            del self._pending[key]
        return len(ended)
