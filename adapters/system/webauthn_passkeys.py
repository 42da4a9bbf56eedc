"""Ceremonies of WebAuthn, by py_webauthn."""

import secrets
from collections.abc import Callable, Collection
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from domain.accounts.account import Account
from domain.accounts.errors import PasskeyFailed
from domain.accounts.passkey import CHALLENGE_LASTS, Assertion, Passkey, Registered
from domain.ports.second_factors import PasskeyVerifier

T = TypeVar("T")

_CHALLENGE = 32
_ID = 16
_TIMEOUT = int(CHALLENGE_LASTS.total_seconds() * 1000)
_LONGEST_CREDENTIAL_ID = 1023  # WebAuthn, section 4


class WebauthnPasskeys(PasskeyVerifier):
    """`public_address` is the origin of the page; its host is the relying party."""

    def __init__(self, public_address: str) -> None:
        self._origin = public_address
        self._rp_id = urlsplit(public_address).hostname or ""

    def fresh_challenge(self) -> bytes:
        return secrets.token_bytes(_CHALLENGE)

    def registration_options(self, account: Account, challenge: bytes, existing: Collection[Passkey]) -> str:
        options = generate_registration_options(
            rp_id=self._rp_id,
            rp_name="Calendra",
            user_name=account.email,
            user_id=account.organization_id.bytes + account.id.bytes,
            user_display_name=account.name,
            challenge=challenge,
            timeout=_TIMEOUT,
            attestation=AttestationConveyancePreference.NONE,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                require_resident_key=True,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential_id) for one in existing],
        )
        return options_to_json(options)

    def challenge_of(self, credential: str) -> bytes:
        parsed = _parsed(lambda: parse_registration_credential_json(credential))
        return _parsed(lambda: parse_client_data_json(parsed.response.client_data_json).challenge)

    def registered(self, credential: str, challenge: bytes) -> Registered:
        verified = _parsed(
            lambda: verify_registration_response(
                credential=credential,
                expected_challenge=challenge,
                expected_rp_id=self._rp_id,
                expected_origin=self._origin,
                require_user_verification=True,
            )
        )
        if len(verified.credential_id) > _LONGEST_CREDENTIAL_ID:
            raise PasskeyFailed
        return Registered(verified.credential_id, verified.credential_public_key, verified.sign_count)

    def authentication_options(self, challenge: bytes) -> str:
        options = generate_authentication_options(
            rp_id=self._rp_id,
            challenge=challenge,
            timeout=_TIMEOUT,
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return options_to_json(options)

    def assertion_of(self, credential: str) -> Assertion:
        parsed = _parsed(lambda: parse_authentication_credential_json(credential))
        challenge = _parsed(lambda: parse_client_data_json(parsed.response.client_data_json).challenge)
        handle = parsed.response.user_handle
        if handle is None or len(handle) != 2 * _ID:
            raise PasskeyFailed
        return Assertion(challenge, parsed.raw_id, UUID(bytes=handle[:_ID]), UUID(bytes=handle[_ID:]))

    def sign_count_of(self, credential: str, challenge: bytes, passkey: Passkey) -> int:
        # The entity compares the count, so that a copied passkey is recorded.
        verified = _parsed(
            lambda: verify_authentication_response(
                credential=credential,
                expected_challenge=challenge,
                expected_rp_id=self._rp_id,
                expected_origin=self._origin,
                credential_public_key=passkey.public_key,
                credential_current_sign_count=0,
                require_user_verification=True,
            )
        )
        return verified.new_sign_count


def _parsed(step: Callable[[], T]) -> T:
    """The library raises its own errors, and those of its parsers for input that has the wrong form."""
    try:
        return step()
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise PasskeyFailed from error
