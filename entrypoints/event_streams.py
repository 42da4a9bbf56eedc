"""The open event streams of this process, with limits for a login, an account and the process."""

from collections import defaultdict
from uuid import UUID
from weakref import WeakSet

from domain.errors import Overloaded, TooManyStreams

OF_LOGIN = 12  # a browser closes the streams of hidden tabs
OF_ACCOUNT = 48
OF_PROCESS = 5_000
RETRY_AFTER = 15  # seconds


class EventStream:
    """The place of one stream. It is free again when the stream ends, or was never read and is gone."""

    def __init__(self, login_id: bytes) -> None:
        self.login_id = login_id


class EventStreams:
    def __init__(self, descriptors: int) -> None:
        """`descriptors` are left for clients; streams take half of them at most, so that requests go on."""
        self._most = min(OF_PROCESS, descriptors // 2)
        self._all: WeakSet[EventStream] = WeakSet()
        self._of_account: defaultdict[UUID, WeakSet[EventStream]] = defaultdict(WeakSet)

    def open(self, account_id: UUID, login_id: bytes) -> EventStream:
        """Raises TooManyStreams, Overloaded."""
        theirs = self._of_account[account_id]
        here = sum(one.login_id == login_id for one in theirs)
        if here >= OF_LOGIN or len(theirs) >= OF_ACCOUNT:
            raise TooManyStreams(retry_after=RETRY_AFTER)
        if len(self._all) >= self._most:
            raise Overloaded(retry_after=RETRY_AFTER)
        stream = EventStream(login_id)
        theirs.add(stream)
        self._all.add(stream)
        return stream

    def close(self, account_id: UUID, stream: EventStream) -> None:
        self._all.discard(stream)
        theirs = self._of_account[account_id]
        theirs.discard(stream)
        if not theirs:
            del self._of_account[account_id]
