"""Change notifications for open pages and for the worker, derived by comparing the state before and after a commit."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID
from weakref import WeakSet

from adapters.in_memory.state import State, StoredAccount, StoredBooking
from domain.change import ACCOUNT, Changed
from domain.connection.connection import Connection
from domain.ports.changes import ChangeFeed, ChangeSignal
from domain.subscription import Subscription


class InMemoryChanges(ChangeFeed, ChangeSignal):
    healthy = True

    def __init__(self) -> None:
        self._readers: defaultdict[UUID, WeakSet[Subscription]] = defaultdict(WeakSet)
        self._anything = asyncio.Event()

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

    def announce(self, before: State, after: State) -> None:
        for organization_id, changed in dict.fromkeys([*_bookings(before, after), *_connections(before, after)]):
            self._anything.set()
            self._tell(organization_id, changed)
        for organization_id, changed in dict.fromkeys(_accounts(before, after)):
            self._tell(organization_id, changed)

    def _tell(self, organization_id: UUID, changed: Changed) -> None:
        for subscription in list(self._readers.get(organization_id, ())):
            subscription.tell(changed)

    def close(self) -> None:
        for readers in self._readers.values():
            for subscription in list(readers):
                subscription.tell(None)
        self._readers.clear()


def _bookings(before: State, after: State) -> Iterator[tuple[UUID, Changed]]:
    for key in before.bookings | after.bookings:
        old, new = before.bookings.get(key), after.bookings.get(key)
        if old is not new and _seen(old) != _seen(new):
            for stored in filter(None, (old, new)):
                yield key[0], Changed("booking", key[1], stored.booking.details.consultant_id)


def _connections(before: State, after: State) -> Iterator[tuple[UUID, Changed]]:
    for host in before.connections | after.connections:
        old, new = before.connections.get(host), after.connections.get(host)
        if old is not new and _told(old) != _told(new):
            yield host.organization_id, Changed("connection", host.consultant_id, host.consultant_id)


def _accounts(before: State, after: State) -> Iterator[tuple[UUID, Changed]]:
    """Like the triggers in PostgreSQL, reports updates and removals but no inserts."""
    of_login_sessions = [
        (key[0], it.account_id) for key, it in before.login_sessions.items() if after.login_sessions.get(key) is not it
    ]
    of_accounts = [key for key, it in before.accounts.items() if _announced(after.accounts.get(key)) != _announced(it)]
    for organization_id, account_id in (*of_login_sessions, *of_accounts):
        yield organization_id, Changed(ACCOUNT, account_id, account_id)


def _announced(stored: StoredAccount | None) -> object:
    """All fields except the last sign-in."""
    return stored and (stored.account, stored.password_hash)


def _seen(stored: StoredBooking | None) -> object:
    """The fields of a booking that pages show. Leases and the next due time are not among them."""
    it = stored and stored.booking
    return it and (it.details, it.status, it.version, it.meeting)


def _told(it: Connection | None) -> object:
    """All fields except the tokens and their refresh lease."""
    return it and (
        it.id, it.account, it.status, it.connected_at, it.refreshed_at, it.refresh_failure, it.disconnect_attempts,
        it.token_set and it.token_set.scopes,
    )  # fmt: skip
