"""Signing in and confirming a login with a passkey."""

import json
from typing import Any

import msgspec
from litestar import Response, post
from litestar.params import JSONBody

from application.accounts.find_practice import FindPractice
from application.accounts.log_in import Origin, Visitor
from application.accounts.sign_in_with_passkey import ConfirmWithPasskey, SignInWithPasskey
from domain.accounts.errors import PasskeyFailed
from domain.accounts.sign_on_errors import SingleSignOnRequired, TooManySignIns
from entrypoints.http.accounts.me import Me
from entrypoints.http.accounts.second_step import entered
from entrypoints.http.documented_problems import DONE, documented_problems
from entrypoints.http.injected import WITHOUT_SECOND_FACTOR, Injected
from entrypoints.settings import Settings


class PasskeyOptions(msgspec.Struct):
    """`options`: of WebAuthn in their JSON form, for `PublicKeyCredential.parseCreationOptionsFromJSON` or
    `parseRequestOptionsFromJSON`. Their challenge counts once, for five minutes."""

    options: dict[str, Any]


class PasskeyAssertion(msgspec.Struct, forbid_unknown_fields=True):
    """`credential`: what `toJSON` of the browser's credential gives."""

    credential: dict[str, Any]

    @property
    def text(self) -> str:
        return json.dumps(self.credential)


def options_of(text: str) -> PasskeyOptions:
    return PasskeyOptions(json.loads(text))


@post(
    "/api/login/passkey/options",
    operation_id="beginPasskeyLogin",
    summary="Begin to sign in with a passkey",
    tags=["session"],
    opt={"public": True},
    responses=documented_problems(TooManySignIns(retry_after=10), public=True, changes=True),
)
async def begin_passkey_login(
    origin: Injected[Origin], sign_in_with_passkey: Injected[SignInWithPasskey]
) -> PasskeyOptions:
    return options_of(await sign_in_with_passkey.options(origin.network))


@post(
    "/api/login/passkey",
    operation_id="logInWithPasskey",
    summary="Sign in with a passkey",
    tags=["session"],
    opt={"public": True},
    responses=documented_problems(
        PasskeyFailed(), SingleSignOnRequired(sign_in_address="/sign-in/…"), public=True, changes=True
    ),
)
async def log_in_with_passkey(
    data: JSONBody[PasskeyAssertion],
    origin: Injected[Origin],
    sign_in_with_passkey: Injected[SignInWithPasskey],
    find_practice: Injected[FindPractice],
    settings: Injected[Settings],
) -> Response[Me]:
    """The passkey is enough: no password, and no second step."""
    return await entered(await sign_in_with_passkey(data.text, origin), find_practice, settings)


@post(
    "/api/login/confirmation/passkey/options",
    operation_id="beginPasskeyConfirmation",
    summary="Begin to confirm this login with a passkey",
    tags=["session"],
    opt=WITHOUT_SECOND_FACTOR,
    responses=documented_problems(changes=True),
)
async def begin_passkey_confirmation(
    visitor: Injected[Visitor], confirm_with_passkey: Injected[ConfirmWithPasskey]
) -> PasskeyOptions:
    return options_of(await confirm_with_passkey.options(visitor))


@post(
    "/api/login/confirmation/passkey",
    operation_id="confirmLoginWithPasskey",
    summary="Confirm this login with a passkey",
    tags=["session"],
    status_code=204,
    opt=WITHOUT_SECOND_FACTOR,
    responses={204: DONE, **documented_problems(PasskeyFailed(), changes=True)},
)
async def confirm_login_with_passkey(
    data: JSONBody[PasskeyAssertion], visitor: Injected[Visitor], confirm_with_passkey: Injected[ConfirmWithPasskey]
) -> None:
    """It counts as the password does at `POST /api/login/confirmation`."""
    await confirm_with_passkey(visitor, data.text)
