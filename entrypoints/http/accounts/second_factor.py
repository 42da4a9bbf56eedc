"""A person's own second factors."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, post
from litestar.params import FromPath, JSONBody

from application.accounts.add_passkey import AddPasskey
from application.accounts.keep_second_factors import KeepSecondFactors
from application.accounts.log_in import Visitor
from domain.accounts.errors import (
    LastSecondFactor,
    NoSecondFactor,
    PasskeyFailed,
    SecondFactorFailed,
    SetUpEnded,
    TooManyPasskeys,
)
from domain.accounts.passkey import MOST_OF_A_PERSON
from domain.errors import NotFound, ObjectKind
from entrypoints.http.accounts.passkeys import PasskeyAssertion, PasskeyOptions, options_of
from entrypoints.http.documented_problems import DONE, documented_problems
from entrypoints.http.injected import CONFIRMED, WITHOUT_SECOND_FACTOR, Injected

_OWN = {**CONFIRMED, **WITHOUT_SECOND_FACTOR}
_TOO_MANY = TooManyPasskeys(most=MOST_OF_A_PERSON)


class PasskeyResponse(msgspec.Struct):
    id: UUID
    name: str
    made_at: datetime
    used_at: datetime | None


class SecondFactorResponse(msgspec.Struct):
    """`app`: an authenticator app is set up. `recovery_codes`: how many are left. `demanded_from`: since then the
    practice demands a second factor that this login does not have; null when it has one, or none is demanded."""

    app: bool
    passkeys: list[PasskeyResponse]
    recovery_codes: int
    demanded_from: datetime | None


class NewAppResponse(msgspec.Struct):
    """`address` is the content of the QR code; `secret` is the key for an app that cannot scan it."""

    secret: str
    address: str


class AppCodeForm(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, msgspec.Meta(max_length=100)]


class NewPasskey(PasskeyAssertion, forbid_unknown_fields=True):
    """`credential`: what `toJSON` of the browser's new credential gives. `name`: up to 60 characters."""

    name: str


class RecoveryCodesResponse(msgspec.Struct):
    """`recovery_codes` appear only in this response; empty when the person has some already."""

    recovery_codes: list[str]


class SecondFactor(Controller):
    path = "/api/me/second-factor"
    tags = ("people",)

    @get(
        operation_id="getSecondFactor",
        summary="Show my second factors",
        opt=WITHOUT_SECOND_FACTOR,
        responses=documented_problems(),
    )
    async def shown(
        self, visitor: Injected[Visitor], keep_second_factors: Injected[KeepSecondFactors]
    ) -> SecondFactorResponse:
        own = await keep_second_factors(visitor)
        passkeys = [PasskeyResponse(one.id, one.name, one.made_at, one.used_at) for one in own.passkeys]
        return SecondFactorResponse(own.factors.app, passkeys, own.factors.recovery_codes, own.demanded_from)

    @post(
        "/app",
        operation_id="setUpAuthenticatorApp",
        summary="Set up an authenticator app",
        opt=_OWN,
        responses=documented_problems(changes=True, confirmed=True),
    )
    async def set_up(
        self, visitor: Injected[Visitor], keep_second_factors: Injected[KeepSecondFactors]
    ) -> NewAppResponse:
        """It counts once it is confirmed. Until then, an app that is set up already goes on."""
        made = await keep_second_factors.set_up_app(visitor)
        return NewAppResponse(made.secret, made.address)

    @post(
        "/app/confirmation",
        operation_id="confirmAuthenticatorApp",
        summary="Confirm the authenticator app with its first code",
        opt=_OWN,
        responses=documented_problems(SecondFactorFailed(), SetUpEnded(), changes=True, confirmed=True),
    )
    async def confirmed(
        self,
        data: JSONBody[AppCodeForm],
        visitor: Injected[Visitor],
        keep_second_factors: Injected[KeepSecondFactors],
    ) -> RecoveryCodesResponse:
        """The first second factor signs out all other browsers."""
        return RecoveryCodesResponse(list(await keep_second_factors.confirm_app(visitor, data.code)))

    @delete(
        "/app",
        operation_id="removeAuthenticatorApp",
        summary="Remove the authenticator app",
        status_code=204,
        opt=_OWN,
        responses={204: DONE, **documented_problems(LastSecondFactor(), changes=True, confirmed=True)},
    )
    async def removed(self, visitor: Injected[Visitor], keep_second_factors: Injected[KeepSecondFactors]) -> None:
        await keep_second_factors.remove_app(visitor)

    @post(
        "/recovery-codes",
        operation_id="renewRecoveryCodes",
        summary="Make new recovery codes",
        opt=_OWN,
        responses=documented_problems(NoSecondFactor(), changes=True, confirmed=True),
    )
    async def renewed(
        self, visitor: Injected[Visitor], keep_second_factors: Injected[KeepSecondFactors]
    ) -> RecoveryCodesResponse:
        """The previous ones no longer work."""
        return RecoveryCodesResponse(list(await keep_second_factors.renew_codes(visitor)))

    @post(
        "/passkeys/options",
        operation_id="beginPasskey",
        summary="Begin to add a passkey",
        opt=_OWN,
        responses=documented_problems(_TOO_MANY, changes=True, confirmed=True),
    )
    async def passkey_options(self, visitor: Injected[Visitor], add_passkey: Injected[AddPasskey]) -> PasskeyOptions:
        return options_of(await add_passkey.options(visitor))

    @post(
        "/passkeys",
        operation_id="addPasskey",
        summary="Add a passkey",
        opt=_OWN,
        responses=documented_problems(PasskeyFailed(), _TOO_MANY, changes=True, confirmed=True),
    )
    async def passkey_added(
        self, data: JSONBody[NewPasskey], visitor: Injected[Visitor], add_passkey: Injected[AddPasskey]
    ) -> RecoveryCodesResponse:
        """The first second factor signs out all other browsers."""
        return RecoveryCodesResponse(list(await add_passkey(visitor, data.text, data.name)))

    @delete(
        "/passkeys/{passkey_id:uuid}",
        operation_id="removePasskey",
        summary="Remove a passkey",
        status_code=204,
        opt=_OWN,
        responses={
            204: DONE,
            **documented_problems(NotFound(ObjectKind.PASSKEY), LastSecondFactor(), changes=True, confirmed=True),
        },
    )
    async def passkey_removed(
        self, passkey_id: FromPath[UUID], visitor: Injected[Visitor], add_passkey: Injected[AddPasskey]
    ) -> None:
        await add_passkey.remove(visitor, passkey_id)
