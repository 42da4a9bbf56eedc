"""Until when Zoom wants to be left alone."""

from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from adapters.zoom.answer import Answer
from domain.provider_errors import TryLater

DAILY_CALLS = 100  # creates and changes, per host and UTC day: Zoom's "Rate limits" page
_LONGEST_WAIT = timedelta(days=1)  # no limit of Zoom's lasts longer


def limited(answer: Answer, now: datetime) -> TryLater:
    """For an answer 429. Nothing was done.

    The limit of a hundred creates and changes a day for each host shows only in the sentence: the headers of that
    answer describe another limit, the account's.
    """
    says = answer.says.lower()
    until: datetime | None
    if "daily rate limit" in says and "this particular user" in says:
        reason, until = "daily_limit", _next_day(now)
    elif "daily" in says or answer.headers.get("x-ratelimit-type", "").lower() == "daily-limit":
        reason, until = "daily_limit", asked_until(answer, now) or _next_day(now)
    else:
        reason, until = "provider_limited", asked_until(answer, now)
    return TryLater(reason=reason, until=until, answered=answer.told)


def asked_until(answer: Answer, now: datetime) -> datetime | None:
    """Retry-After, which Zoom sends as an ISO date, others as seconds or an HTTP date; None when it is no use."""
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
