"""Changes for open pages and for the worker, from the notifications of the database's triggers."""

import asyncio
from collections import defaultdict
from uuid import UUID
from weakref import WeakSet

import msgspec

from adapters.postgres.accounts.login_session_cache import CHANNEL as LOGIN_SESSIONS
from adapters.postgres.engine.listener import Listener
from domain.change import ACCOUNT, Changed
from domain.ports.changes import ChangeFeed, ChangeSignal
from domain.subscription import Subscription

CHANNEL = "calendra_changes"
_account = msgspec.json.Decoder(tuple[UUID, UUID])
_news = msgspec.json.Decoder(tuple[UUID, str, UUID, UUID])


class PostgresChanges(ChangeFeed, ChangeSignal):
    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._readers: defaultdict[UUID, WeakSet[Subscription]] = defaultdict(WeakSet)
        self._anything = asyncio.Event()
        listener.join(self._hear, self._lost)

    @property
    def healthy(self) -> bool:
        return self._listener.healthy

    def subscribe(self, organization_id: UUID) -> Subscription:
        subscription = Subscription()
        self._readers[organization_id].add(subscription)
        return subscription

    async def wait_for_change(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._anything.wait(), seconds)
        except TimeoutError:
            return False
        self._anything.clear()
        return True

    def close(self) -> None:
        for readers in self._readers.values():
            for subscription in list(readers):
                subscription.tell(None)
        self._readers.clear()

    def _hear(self, channel: str, payload: str) -> None:
        if channel == LOGIN_SESSIONS:
            organization_id, account_id = _account.decode(payload)
            self._tell(organization_id, Changed(ACCOUNT, account_id, account_id))
        elif channel == CHANNEL:
            self._anything.set()
            organization_id, what, subject_id, consultant_id = _news.decode(payload)
            self._tell(organization_id, Changed(what, subject_id, consultant_id))

    def _tell(self, organization_id: UUID, changed: Changed) -> None:
        for subscription in list(self._readers.get(organization_id, ())):
            subscription.tell(changed)

    def _lost(self) -> None:
        self._anything.set()  # missed notifications may concern due bookings: the worker checks
