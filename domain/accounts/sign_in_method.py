"""How a person signed in."""

from enum import StrEnum


class SignInMethod(StrEnum):
    """PASSWORD includes one-time links, with which a person chooses the password."""

    PASSWORD = "password"  # noqa: S105 - a code, not a password
    SINGLE_SIGN_ON = "single_sign_on"
