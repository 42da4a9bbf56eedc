"""Who may try a password now. Guessing is slow, and nobody can lock somebody else out.

- A browser in which this person signed in before has tries of its own. Nobody else can use them up.
- Strangers share tries with their own network only. However often others fail at the same address, a network that comes
  new waits FIRST_WAIT once, and its turn is kept for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.accounts.tries import NO_WAIT, Allowance, Pace, Tries, place_of

KNOWN_BROWSER = Pace(10, timedelta(seconds=30))
FROM_NETWORK = Pace(50, timedelta(seconds=6))
FROM_NETWORK_AT_ADDRESS = Pace(5, timedelta(seconds=30))
BY_ALL_STRANGERS_AT_ADDRESS = Pace(20, timedelta(minutes=3))
OLD_PASSWORD = Pace(5, timedelta(seconds=30))
FIRST_WAIT = timedelta(seconds=15)

WITH_LINK = Pace(20, timedelta(seconds=15))

KEPT_FOR = timedelta(days=1)  # tries, after they are forgotten: a network that came once is not new


@dataclass(frozen=True, slots=True)
class Approach:
    """One who wants to try. `own` are the allowances that can hold them back, the narrowest last; `strangers` counts
    what all strangers tried at the same address, and is None for those who are no strangers."""

    own: tuple[Allowance, ...]
    strangers: Allowance | None = None

    @property
    def known(self) -> bool:
        return self.strangers is None

    @property
    def tries(self) -> Sequence[Tries]:
        return [one.tries for one in self._all]

    def remembering(self, tries: Mapping[bytes, Tries]) -> "Approach":
        own = tuple(one.remembering(tries) for one in self.own)
        return Approach(own, self.strangers and self.strangers.remembering(tries))

    def turn(self, *, now: datetime) -> tuple["Approach", timedelta]:
        """What to remember of this, and how long to wait. Without a wait the try is counted."""
        if wait := max(one.wait(now=now) for one in self.own):
            return self, wait
        if self._comes_new and self.strangers and self.strangers.wait(now=now):
            return replace(self, own=(*self.own[:-1], self.own[-1].next_in(FIRST_WAIT, now=now))), FIRST_WAIT
        own = tuple(one.counted(now=now) for one in self.own)
        return Approach(own, self.strangers and self.strangers.counted(now=now)), NO_WAIT

    def given_back(self) -> "Approach":
        """The password was right. What others tried at the same places still counts."""
        return Approach(tuple(one.given_back() for one in self.own), self.strangers and self.strangers.given_back())

    @property
    def _comes_new(self) -> bool:
        return self.own[-1].tries.forgotten_at is None

    @property
    def _all(self) -> tuple[Allowance, ...]:
        return (*self.own, self.strangers) if self.strangers else self.own


def of_stranger(email: str, network: str) -> Approach:
    """Whether somebody signs in with this address makes no difference."""
    return Approach(
        (_untried(FROM_NETWORK, "network", network), _untried(FROM_NETWORK_AT_ADDRESS, "here", email, network)),
        _untried(BY_ALL_STRANGERS_AT_ADDRESS, "address", email),
    )


def of_known_browser(account_id: UUID, token_hash: bytes) -> Approach:
    return Approach((_untried(KNOWN_BROWSER, "browser", account_id.bytes, token_hash),))


def of_logged_in(login_id: bytes) -> Approach:
    """Somebody who is signed in and has to name the password once more."""
    return Approach((_untried(OLD_PASSWORD, "session", login_id),))


def of_link_holder(network: str) -> Approach:
    """One-time links cannot be guessed; this keeps trying them from costing anything."""
    return Approach((_untried(WITH_LINK, "link", network),))


def _untried(pace: Pace, kind: str, *parts: str | bytes) -> Allowance:
    return Allowance(Tries(place_of(kind, *parts)), pace)
