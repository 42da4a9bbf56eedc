"""The ports of one storage, as the container provides them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.ports.booking_views import BookingViews
from domain.ports.changes import ChangeFeed
from domain.ports.people import LoginSessionLookup
from domain.ports.rate_limiter import RateLimiter
from domain.ports.storage_check import StorageCheck
from domain.ports.unit_of_work import Begin


@dataclass(frozen=True)
class Storage:
    """The serving process calls `open` and `close`. `wait_for_work` returns after a change or after the given
    seconds."""

    begin: Begin
    views: BookingViews
    login_sessions: LoginSessionLookup
    changes: ChangeFeed
    rate_limiter: RateLimiter
    check: StorageCheck
    wait_for_work: Callable[[float], Awaitable[None]]
    open: Callable[[], Awaitable[None]]
    close: Callable[[], Awaitable[None]]
