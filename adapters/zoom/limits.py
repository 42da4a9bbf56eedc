"""Zoom's rate limits, and the time until which Zoom asks the caller to wait."""

from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from adapters.zoom.answer import Answer
from domain.failure_reason import FailureReason
from domain.provider_errors import TryLater
from domain.rate_limit import MARGIN, Cost, Limited, RateLimit

# All from Zoom's "Rate limits" page. They apply per account, by the weight of the call and the account's plan: 4 Light
# calls a second on Free, 30 on Pro, 80 on Business and above; 2, 20 and 60 Medium calls. All apps of the account share
# them.
DAILY_CALLS = 100  # creates and changes, per host and UTC day
_LIGHT_AT_MOST, _MEDIUM_AT_MOST = 30, 20
_LONGEST_WAIT = timedelta(days=1)  # no limit of Zoom lasts longer


def rate_limits(per_second: float) -> dict[str, Cost]:
    """The cost of each operation, when `per_second` Light calls may start per second. A change includes a read; a find
    lists meetings and reads each match."""
    light = RateLimit("light", per_second * MARGIN, max(per_second, _LIGHT_AT_MOST) * MARGIN)
    medium = RateLimit("medium", per_second / 2 * MARGIN, max(per_second / 2, _MEDIUM_AT_MOST) * MARGIN)
    return {
        "create": Cost(light, daily=True),
        "change": Cost(light, calls=2, daily=True),
        "verify": Cost(light),
        "remove": Cost(light),
        "find": Cost(medium),
    }


def limited(answer: Answer, now: datetime) -> TryLater:
    """For an answer with status 429: the call had no effect.

    Only the message names the limit of a hundred creates and changes a day per host. The headers of that answer
    describe the account's limit.
    """
    says = answer.says.lower()
    until: datetime | None
    if "daily rate limit" in says and "this particular user" in says:
        reason, until, limit = FailureReason.DAILY_LIMIT, _next_day(now), Limited(per_host=True)
    elif "daily" in says or answer.headers.get("x-ratelimit-type", "").lower() == "daily-limit":
        reason, until, limit = FailureReason.DAILY_LIMIT, asked_until(answer, now) or _next_day(now), Limited()
    else:
        reason, until, limit = (
            FailureReason.PROVIDER_LIMITED,
            asked_until(answer, now),
            Limited(per_second=_per_second(answer)),
        )
    return TryLater(reason=reason, until=until, limited=limit, answered=answer.told)


def _per_second(answer: Answer) -> float | None:
    """The limit per second in Zoom's answer, if it names one."""
    text = answer.headers.get("x-ratelimit-limit", "").strip()
    of_seconds = answer.headers.get("x-ratelimit-type", "").lower() == "qps"
    return int(text[:9]) or None if of_seconds and text.isascii() and text.isdecimal() else None


def asked_until(answer: Answer, now: datetime) -> datetime | None:
    """Retry-After: Zoom sends an ISO date, other servers send seconds or an HTTP date. None if it is unusable."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return now + min(timedelta(seconds=int(text[:9])), _LONGEST_WAIT)
    moment = _iso(text) or _http_date(text)
    return min(moment, now + _LONGEST_WAIT) if moment and moment > now else None


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _next_day(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
