"""The keys with which identity providers sign ID tokens."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from adapters.openid.calls import OpenIdCalls, UnusableAnswer
from adapters.openid.wire import KeyDocument
from domain.ports.clock import Clock

KEPT = timedelta(minutes=10)
_READ_AGAIN = timedelta(seconds=30)
_MOST = 1000
_MOST_KEYS = 100


@dataclass(frozen=True, slots=True)
class _Kept:
    keys: KeySet
    read_at: datetime


class SigningKeys:
    """Keeps keys for ten minutes. A token with an unknown key id makes Calendra read them again, because the provider
    may have changed them; at most every 30 seconds, because tokens with made-up ids must not cause calls."""

    def __init__(self, calls: OpenIdCalls, clock: Clock) -> None:
        self._calls = calls
        self._clock = clock
        self._kept: dict[str, _Kept] = {}

    async def of(self, address: str, key_id: str | None = None) -> KeySet:
        """Raises NoAnswer, UnusableAnswer."""
        kept, now = self._kept.get(address), self._clock.now()
        if kept and now < kept.read_at + KEPT and (_has(kept.keys, key_id) or now < kept.read_at + _READ_AGAIN):
            return kept.keys
        keys = await self.read(address)
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[address] = _Kept(keys, now)
        return keys

    async def read(self, address: str) -> KeySet:
        document = await self._calls.read(address, KeyDocument)
        # A symmetric key in a public document is no key.
        usable = [one for one in document.keys[:_MOST_KEYS] if one.get("kty") in ("RSA", "EC")]
        try:
            return KeySet.import_key_set({"keys": usable})
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise UnusableAnswer from error


def _has(keys: KeySet, key_id: str | None) -> bool:
    return key_id is None or any(one.kid == key_id for one in keys)
