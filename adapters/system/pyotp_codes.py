"""Codes of authenticator apps, by pyotp."""

import hmac
import re
from datetime import datetime

from pyotp import TOTP, random_base32

from domain.ports.second_factors import OneTimeCodes

_ISSUER = "Calendra"
_SECONDS = 30
_STEPS_OF_DRIFT = 1
_SIX_DIGITS = re.compile(r"[0-9]{6}")


class PyotpCodes(OneTimeCodes):
    def fresh_secret(self) -> str:
        return random_base32()

    def address(self, secret: str, email: str) -> str:
        return TOTP(secret, interval=_SECONDS).provisioning_uri(name=email, issuer_name=_ISSUER)

    def step_of(self, secret: str, code: str, *, now: datetime) -> int | None:
        digits = re.sub(r"\s", "", code)
        if not _SIX_DIGITS.fullmatch(digits):
            return None
        totp = TOTP(secret, interval=_SECONDS)
        present = totp.timecode(now)
        steps = range(present - _STEPS_OF_DRIFT, present + _STEPS_OF_DRIFT + 1)
        # Compares with every step, so that the time of the answer does not depend on which one matches.
        right = [step for step in steps if hmac.compare_digest(totp.generate_otp(step), digits)]
        return max(right, default=None)
