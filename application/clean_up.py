"""Retention: removes data whose time is over."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from domain.accounts.founding import LIFETIME as FOUNDING
from domain.accounts.invitation import KEPT_FOR as INVITATION
from domain.accounts.known_browser import LIFETIME as KNOWN_BROWSER
from domain.accounts.login_session import IDLE_TIMEOUT
from domain.accounts.login_session import LIFETIME as LOGIN
from domain.accounts.login_throttle import KEPT_FOR as LOGIN_ATTEMPTS
from domain.accounts.passkey import CHALLENGE_LASTS
from domain.accounts.pending_login import LIFETIME as PENDING_LOGIN
from domain.accounts.reset_link import LIFETIME as RESET_LINK
from domain.accounts.sign_in_request import LIFETIME as SIGN_IN_REQUEST
from domain.booking.draft import KEPT_FOR as DRAFT
from domain.connection.authorization_request import LIFETIME as AUTHORIZATION_REQUEST
from domain.connection.connect_link import LIFETIME as CONNECT_LINK
from domain.creation import KEPT_FOR as CREATION
from domain.ports.clock import Clock
from domain.ports.rate_limiter import RateLimiter
from domain.ports.unit_of_work import Begin, UnitOfWork

PROCESSED_EVENT = timedelta(days=7)
RATE_LIMIT = timedelta(days=1)
# An ended request or link is kept a day longer, so that the response can tell "expired" from "unknown".
_GRACE = timedelta(days=1)


@dataclass(frozen=True)
class CleanUp:
    """Rules: removes in batches, each in a transaction of its own, until nothing expired is left of any kind."""

    begin: Begin
    limiter: RateLimiter
    clock: Clock
    security_log: timedelta = timedelta(days=400)
    burst: int = 1000

    async def __call__(self) -> Counter[str]:
        """Returns how many of each kind were removed."""
        now, most = self.clock.now(), self.burst
        kinds: dict[str, Callable[[UnitOfWork], Awaitable[int]]] = {
            "login_sessions": lambda work: work.login_sessions.remove_made_before(now - LOGIN, most=most),
            "unused_logins": lambda work: work.login_sessions.remove_unused_since(now - IDLE_TIMEOUT, most=most),
            "known_browsers": lambda work: work.known_browsers.remove_used_before(now - KNOWN_BROWSER, most=most),
            "login_attempts": lambda work: work.login_attempts.remove_forgotten_before(now - LOGIN_ATTEMPTS, most=most),
            "authorization_requests": lambda work: work.authorization_requests.remove_started_before(
                now - AUTHORIZATION_REQUEST - _GRACE, most=most
            ),
            "connect_links": lambda work: work.connect_links.remove_made_before(now - CONNECT_LINK - _GRACE, most=most),
            "invitations": lambda work: work.invitations.remove_made_before(now - INVITATION, most=most),
            "foundings": lambda work: work.foundings.remove_made_before(now - FOUNDING, most=most),
            "reset_links": lambda work: work.reset_links.remove_made_before(now - RESET_LINK, most=most),
            "sign_in_requests": lambda work: work.sign_in_requests.remove_started_before(
                now - SIGN_IN_REQUEST - _GRACE, most=most
            ),
            "pending_logins": lambda work: work.pending_logins.remove_made_before(now - PENDING_LOGIN, most=most),
            "passkey_challenges": lambda work: work.passkey_challenges.remove_made_before(
                now - CHALLENGE_LASTS, most=most
            ),
            "drafts": lambda work: work.drafts.remove_saved_before(now - DRAFT, most=most),
            "creations": lambda work: work.creations.remove_asked_before(now - CREATION, most=most),
            "security_log": lambda work: work.security_log.remove_before(now - self.security_log, most=most),
            "processed_events": lambda work: work.processed_events.remove_seen_before(now - PROCESSED_EVENT, most=most),
        }
        counted = Counter({kind: await self._all(partial(self._at_once, remove)) for kind, remove in kinds.items()})
        counted["rate_limits"] = await self._all(lambda: self.limiter.forget(free_before=now - RATE_LIMIT, most=most))
        return counted

    async def _at_once(self, remove: Callable[[UnitOfWork], Awaitable[int]]) -> int:
        async with self.begin() as work:
            gone = await remove(work)
            await work.commit()
        return gone

    async def _all(self, remove: Callable[[], Awaitable[int]]) -> int:
        count = 0
        while True:
            gone = await remove()
            count += gone
            if gone < self.burst:
                return count
