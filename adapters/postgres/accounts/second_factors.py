"""Second factors in PostgreSQL: what people have, authenticator apps with encrypted secrets, and recovery codes."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Integer,
    Row,
    ScalarSelect,
    Select,
    Table,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    union_all,
    update,
)

from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.schema.metadata import INSTANT
from adapters.postgres.schema.second_factor_tables import authenticator_apps, passkeys, recovery_codes
from adapters.postgres.token_cipher import DecryptionFailed, TokenCipher, log_unreadable
from domain.accounts.authenticator_app import AuthenticatorApp
from domain.accounts.recovery_code import RecoveryCode
from domain.accounts.second_factors import SecondFactors
from domain.ports.second_factors import AuthenticatorApps, RecoveryCodes, SecondFactorViews

_a, _r = authenticator_apps.c, recovery_codes.c
_here: BindParameter[UUID] = bindparam("organization_id")
_who: BindParameter[UUID] = bindparam("account_id")


def _count(table: Table) -> ScalarSelect[int]:
    theirs = (table.c.organization_id == _here, table.c.account_id == _who)
    return select(func.count()).select_from(table).where(*theirs).scalar_subquery()


_OF_ACCOUNT = select(
    exists(select(_a.id).where(_a.organization_id == _here, _a.account_id == _who, _a.confirmed_at.is_not(None))).label(
        "app"
    ),
    _count(passkeys).label("passkeys"),
    _count(recovery_codes).label("recovery_codes"),
)


def _each(table: Table, app: int, passkey: int, code: int) -> Select[Any]:
    app_, passkey_, code_ = (literal_column(str(one), Integer) for one in (app, passkey, code))
    labelled = app_.label("app"), passkey_.label("passkey"), code_.label("code")
    return select(table.c.account_id, *labelled).where(table.c.organization_id == _here)


_each_of_them = union_all(
    _each(authenticator_apps, 1, 0, 0).where(_a.confirmed_at.is_not(None)),
    _each(passkeys, 0, 1, 0),
    _each(recovery_codes, 0, 0, 1),
).subquery()
_e = _each_of_them.c
_OF_ORGANIZATION = select(
    _e.account_id,
    func.max(_e.app).label("app"),
    func.sum(_e.passkey).label("passkeys"),
    func.sum(_e.code).label("recovery_codes"),
).group_by(_e.account_id)


class PostgresSecondFactorViews(SecondFactorViews):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def of_account(self, organization_id: UUID, account_id: UUID) -> SecondFactors:
        found = await self._transaction.run(_OF_ACCOUNT, organization_id=organization_id, account_id=account_id)
        return _second_factors(found.one())

    async def of_organization(self, organization_id: UUID) -> Mapping[UUID, SecondFactors]:
        found = await self._transaction.run(_OF_ORGANIZATION, organization_id=organization_id)
        return {row.account_id: _second_factors(row) for row in found.all()}


def _second_factors(row: Row[Any]) -> SecondFactors:
    return SecondFactors(bool(row.app), int(row.passkeys), int(row.recovery_codes))


_theirs = (_a.organization_id == bindparam("organization_id"), _a.account_id == bindparam("account_id"))

_ADD = insert(authenticator_apps)
_REMOVE_UNCONFIRMED = delete(authenticator_apps).where(*_theirs, _a.confirmed_at.is_(None))
_TO_CONFIRM = select(authenticator_apps).where(*_theirs, _a.confirmed_at.is_(None)).with_for_update()
_TO_USE = select(authenticator_apps).where(*_theirs, _a.confirmed_at.is_not(None)).with_for_update()
_REMOVE_OTHERS = delete(authenticator_apps).where(*_theirs, _a.id != bindparam("but"))
_SAVE = (
    update(authenticator_apps)
    .where(_a.organization_id == bindparam("here"), _a.id == bindparam("this"))
    .values(confirmed_at=bindparam("confirmed", type_=INSTANT), last_step=bindparam("step"))
)
_REMOVE_APPS = delete(authenticator_apps).where(*_theirs)


class PostgresAuthenticatorApps(AuthenticatorApps):
    def __init__(self, transaction: Transaction, cipher: TokenCipher) -> None:
        self._transaction = transaction
        self._cipher = cipher

    async def add(self, app: AuthenticatorApp) -> None:
        theirs = {"organization_id": app.organization_id, "account_id": app.account_id}
        await self._transaction.run(_REMOVE_UNCONFIRMED, **theirs)
        await self._transaction.run(
            _ADD,
            **theirs,
            id=app.id,
            secret=self._cipher.encrypt(app.secret, app_place(app.organization_id, app.id)),
            made_at=app.made_at,
            confirmed_at=app.confirmed_at,
            last_step=app.last_step,
        )

    async def to_confirm(self, organization_id: UUID, account_id: UUID) -> AuthenticatorApp | None:
        found = await self._transaction.run(_TO_CONFIRM, organization_id=organization_id, account_id=account_id)
        return self._app(found.one_or_none())

    async def to_use(self, organization_id: UUID, account_id: UUID) -> AuthenticatorApp | None:
        found = await self._transaction.run(_TO_USE, organization_id=organization_id, account_id=account_id)
        return self._app(found.one_or_none())

    async def save(self, app: AuthenticatorApp) -> None:
        key = {"here": app.organization_id, "this": app.id}
        await self._transaction.run(_SAVE, **key, confirmed=app.confirmed_at, step=app.last_step)

    async def remove_others(self, app: AuthenticatorApp) -> None:
        theirs = {"organization_id": app.organization_id, "account_id": app.account_id}
        await self._transaction.run(_REMOVE_OTHERS, **theirs, but=app.id)

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        gone = await self._transaction.run(_REMOVE_APPS, organization_id=organization_id, account_id=account_id)
        return gone.rowcount

    def _app(self, row: Row[Any] | None) -> AuthenticatorApp | None:
        """None when its secret cannot be decrypted: a recovery code or another factor has to serve."""
        if row is None:
            return None
        try:
            secret = self._cipher.open(row.secret, app_place(row.organization_id, row.id))
        except DecryptionFailed as error:
            log_unreadable(f"the secret of the authenticator app {row.id}", error)
            return None
        return AuthenticatorApp(
            row.organization_id, row.id, row.account_id, secret, row.made_at, row.confirmed_at, row.last_step
        )


def app_place(organization_id: UUID, app_id: UUID) -> str:
    """The place that a ciphertext is bound to."""
    return f"authenticator_apps secret {organization_id} {app_id}"


_their_codes = (_r.organization_id == bindparam("organization_id"), _r.account_id == bindparam("account_id"))

_ADD_CODE = insert(recovery_codes)
_REMOVE_CODES = delete(recovery_codes).where(*_their_codes)
_USE_UP = delete(recovery_codes).where(*_their_codes, _r.code_hash == bindparam("code_hash"))


class PostgresRecoveryCodes(RecoveryCodes):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def replace(self, organization_id: UUID, account_id: UUID, codes: Collection[RecoveryCode]) -> None:
        await self._transaction.run(_REMOVE_CODES, organization_id=organization_id, account_id=account_id)
        for one in codes:
            await self._transaction.run(
                _ADD_CODE,
                organization_id=one.organization_id,
                account_id=one.account_id,
                code_hash=one.code_hash,
                made_at=one.made_at,
            )

    async def use_up(self, organization_id: UUID, account_id: UUID, code_hash: bytes) -> bool:
        gone = await self._transaction.run(
            _USE_UP, organization_id=organization_id, account_id=account_id, code_hash=code_hash
        )
        return bool(gone.rowcount)
