"""The login throttle: it slows down password guessing, and no attacker can lock out another person.

- A browser in which the account signed in before has a limit of its own, which no other browser can use up.
- Unknown browsers share limits only within their network. However many attempts fail at one address, a network that is
  new to the address waits FIRST_WAIT once and then has its attempt reserved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.accounts.gcra import NO_WAIT, GcraLimit, GcraState, Quota, key_of
from domain.accounts.network import wider_networks

KNOWN_BROWSER = GcraLimit(10, timedelta(seconds=30))
FROM_NETWORK = GcraLimit(50, timedelta(seconds=6))
FROM_NETWORK_AT_ADDRESS = GcraLimit(5, timedelta(seconds=30))
BY_ALL_STRANGERS_AT_ADDRESS = GcraLimit(20, timedelta(minutes=3))
OLD_PASSWORD = GcraLimit(5, timedelta(seconds=30))
FIRST_WAIT = timedelta(seconds=15)

WITH_LINK = GcraLimit(20, timedelta(seconds=15))
AT_PROVIDER = GcraLimit(60, timedelta(seconds=10))

# An attacker with a whole /56 or /48 changes the /64 with each attempt.
_TIMES_AS_MANY = (2, 4)

KEPT_FOR = timedelta(days=1)  # states, after they expire: a network that came once is not new


@dataclass(frozen=True, slots=True)
class LoginThrottle:
    """The limits that apply to one attempt. `own` are the limits of its browser or network, the narrowest last.
    `strangers` counts the attempts of all unknown browsers at the address, None for a known browser."""

    own: tuple[Quota, ...]
    strangers: Quota | None = None

    @property
    def known(self) -> bool:
        return self.strangers is None

    @property
    def states(self) -> Sequence[GcraState]:
        return [one.state for one in self._all]

    def remembering(self, states: Mapping[bytes, GcraState]) -> "LoginThrottle":
        own = tuple(one.remembering(states) for one in self.own)
        return LoginThrottle(own, self.strangers and self.strangers.remembering(states))

    def acquire(self, *, now: datetime) -> tuple["LoginThrottle", timedelta]:
        """The throttle to store, and how long to wait. With a wait of zero the attempt is counted."""
        if wait := max(one.wait(now=now) for one in self.own):
            return self, wait
        if self._comes_new and self.strangers and self.strangers.wait(now=now):
            return replace(self, own=(*self.own[:-1], self.own[-1].next_in(FIRST_WAIT, now=now))), FIRST_WAIT
        own = tuple(one.counted(now=now) for one in self.own)
        return LoginThrottle(own, self.strangers and self.strangers.counted(now=now)), NO_WAIT

    def refunded(self) -> "LoginThrottle":
        """Takes back this attempt after a correct password. Other attempts under the same keys still count."""
        return LoginThrottle(tuple(one.refunded() for one in self.own), self.strangers and self.strangers.refunded())

    @property
    def _comes_new(self) -> bool:
        return self.own[-1].state.forgotten_at is None

    @property
    def _all(self) -> tuple[Quota, ...]:
        return (*self.own, self.strangers) if self.strangers else self.own


def of_stranger(email: str, network: str) -> LoginThrottle:
    """Does not depend on whether the address has an account."""
    everywhere = _from_networks(FROM_NETWORK, "network", network)
    here = _from_networks(FROM_NETWORK_AT_ADDRESS, "here", network, email)
    return LoginThrottle((*everywhere, *here), _untried(BY_ALL_STRANGERS_AT_ADDRESS, "address", email))


def of_known_browser(account_id: UUID, token_hash: bytes) -> LoginThrottle:
    return LoginThrottle((_untried(KNOWN_BROWSER, "browser", account_id.bytes, token_hash),))


def of_logged_in(login_id: bytes) -> LoginThrottle:
    """For a signed-in person who must enter the password again."""
    return LoginThrottle((_untried(OLD_PASSWORD, "session", login_id),))


def of_link_holder(network: str) -> LoginThrottle:
    """One-time links cannot be guessed; this limit bounds the cost of trying."""
    return LoginThrottle(_from_networks(WITH_LINK, "link", network))


def of_sign_in_at_provider(network: str) -> LoginThrottle:
    """Each start stores a row. A completed sign-in refunds its start."""
    return LoginThrottle(_from_networks(AT_PROVIDER, "provider", network))


def _from_networks(limit: GcraLimit, kind: str, network: str, *parts: str) -> tuple[Quota, ...]:
    """The widest network first, the network itself last."""
    around = zip(wider_networks(network), _TIMES_AS_MANY, strict=False)
    wider = [_untried(limit.times(times), kind, *parts, outer) for outer, times in around]
    return (*reversed(wider), _untried(limit, kind, *parts, network))


def _untried(limit: GcraLimit, kind: str, *parts: str | bytes) -> Quota:
    return Quota(GcraState(key_of(kind, *parts)), limit)
