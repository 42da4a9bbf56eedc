"""Rate limits: a hundred creates and changes a day per host, and optionally a limit per second."""

from demo.sandbox.errors import Refusal
from demo.sandbox.sandbox import Sandbox
from demo.sandbox.state import Usage

_QPS = "You have reached the maximum per-second rate limit for this API. Try again later."


class Limits:
    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._second: dict[str, tuple[int, int]] = {}

    def usage(self, user_id: str) -> Usage:
        """Today's count. At Zoom, a day begins at 00:00 UTC."""
        usage = self._sandbox.world.usage.setdefault(user_id, Usage())
        if usage.day != (today := self._sandbox.today()):
            usage.day, usage.count = today, 0
        return usage

    def spend(self, user_id: str) -> None:
        usage, limit = self.usage(user_id), self._sandbox.config.daily_limit
        if usage.count >= limit:
            raise daily_limit_reached(limit)
        usage.count += 1
        self._sandbox.dirty = True

    def pace(self, account_id: str, category: str) -> None:
        """Counts per account, only if the configuration sets a limit."""
        allowed = self._sandbox.config.per_second_limit
        if allowed is None:
            return
        second = int(self._sandbox.now())
        at, count = self._second.get(account_id, (second, 0))
        count = count + 1 if at == second else 1
        self._second[account_id] = (second, count)
        if count > allowed:
            headers = {
                "x-ratelimit-category": category,
                "x-ratelimit-type": "QPS",
                "x-ratelimit-limit": str(allowed),
                "x-ratelimit-remaining": "0",
            }
            raise Refusal(429, {"code": 429, "message": _QPS}, headers)


def daily_limit_reached(limit: int) -> Refusal:
    """As observed: the headers describe another limit, and only the message says when to retry."""
    message = (
        f"You have exceeded the daily rate limit ({limit}) of Meeting Create/Update API requests permitted "
        "for this particular user. You may resume these requests at GMT 00:00:00."
    )
    headers = {
        "x-ratelimit-category": "Light",
        "x-ratelimit-limit": "6000",
        "x-ratelimit-remaining": "5893",
    }
    return Refusal(429, {"code": 429, "message": message}, headers)
