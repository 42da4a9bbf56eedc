"""An authenticator app, as a person has it on the phone."""

from datetime import timedelta

from pyotp import TOTP

from adapters.in_memory.clock import MovableClock

STEP = timedelta(seconds=30)


class Authenticator:
    """`clock` is that of the test; `drift` how far the phone's clock is ahead of it."""

    def __init__(self, secret: str, clock: MovableClock, drift: timedelta = timedelta()) -> None:
        self._totp = TOTP(secret)
        self._clock = clock
        self._drift = drift

    def code(self, *, steps: int = 0) -> str:
        """`steps`: of how many half minutes later than now."""
        return self._totp.at(self._clock.now() + self._drift + steps * STEP)

    def wrong(self) -> str:
        """Six digits that are not a code now, nor just before or after."""
        near = {self.code(steps=step) for step in range(-3, 4)}
        return next(code for code in map("{:06}".format, range(10)) if code not in near)

    def next(self) -> str:
        """A code that was not used yet: waits for it."""
        self._clock.move(2 * STEP)
        return self.code()
