"""The second factors of a person: what they prove besides the password."""

from dataclasses import dataclass
from enum import StrEnum


class Factor(StrEnum):
    APP = "app"
    PASSKEY = "passkey"


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """`app`: whether there is a confirmed authenticator app. `passkeys` and `recovery_codes` are numbers, the latter of
    codes that were not used. Recovery codes alone are no second factor."""

    app: bool = False
    passkeys: int = 0
    recovery_codes: int = 0

    @property
    def kinds(self) -> tuple[Factor, ...]:
        return (*([Factor.APP] if self.app else []), *([Factor.PASSKEY] if self.passkeys else []))

    @property
    def any(self) -> bool:
        return bool(self.kinds)

    @property
    def one_left(self) -> bool:
        return self.app + self.passkeys == 1


NO_SECOND_FACTORS = SecondFactors()
