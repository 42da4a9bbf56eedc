"""How a person signed in."""

from enum import StrEnum


class SignInMethod(StrEnum):
    """PASSWORD includes what stands in for the password: one-time links, with which a person chooses it, and
    passkeys."""

    PASSWORD = "password"  # noqa: S105 - a code, not a password
    SINGLE_SIGN_ON = "single_sign_on"
