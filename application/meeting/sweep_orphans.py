"""The orphan sweep: finds orphaned meetings in hosts' accounts, and removes those that a booking gave up."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from application.access_tokens import AccessTokens
from application.meeting.remove_orphan import RemoveOrphan, keep_sweep
from domain.connection.connection import Connection
from domain.errors import ProviderError
from domain.meeting.orphans import MarkedMeeting, OrphanSweep, orphans_among, owners_of
from domain.ports.clock import Clock
from domain.ports.meeting_provider import MarkedMeetings
from domain.ports.unit_of_work import Begin
from domain.provider_errors import TryLater
from domain.providers import Providers

MOST_HOSTS = 20
MOST_PAGES = 20
MOST_REMOVALS = 20

_log = logging.getLogger("calendra.sweep")


def _never() -> bool:
    return False


@dataclass(frozen=True)
class SweepOrphans:
    """Rules:

    - Each host is swept once a day, one after the other, in few calls. When a provider is down or limits calls, the
      round skips its remaining hosts.
    - The provider is read first and the database afterwards, so that meetings created meanwhile are known by then.
    - A meeting is removed only when it was seen twice, ten minutes apart, and a booking of this database gave it up.
      Other orphaned meetings are shown and not removed: they may belong to bookings that a restored backup lacks.
    """

    begin: Begin
    providers: Providers
    access_tokens: AccessTokens
    remove: RemoveOrphan
    clock: Clock

    async def __call__(self, over: Callable[[], bool] = _never) -> int:
        """Runs one round, which ends early when `over` returns True. Returns how many orphaned meetings were
        removed."""
        able = {provider.name: provider.orphans for provider in self.providers if provider.orphans}
        async with self.begin() as work:
            due = await work.connections.to_be_swept(able, now=self.clock.now(), most=MOST_HOSTS)
        removed = 0
        for connection in due:
            if over():
                break
            if connection.provider not in able or not await self._leased(connection):
                continue
            try:
                removed += await self._swept(connection, able[connection.provider])
            except ProviderError as error:
                await self._put_off(connection, error)
                if isinstance(error, TryLater):
                    del able[connection.provider]
        return removed

    async def _leased(self, due: Connection) -> bool:
        now = self.clock.now()
        async with self.begin() as work:
            found = await work.connections.to_change(due.host)
            if found is None or not found.sweep.due(found.connected_at, now):
                return False
            await work.connections.save(found.with_sweep(found.sweep.begun(now)))  # unusable ones leave the queue too
            await work.commit()
        return found.usable

    async def _swept(self, due: Connection, orphans: MarkedMeetings) -> int:
        sweep = await self._looked(due, await self._marked(due, orphans))
        going = sweep.must_go(self.clock.now())[:MOST_REMOVALS]
        return sum([await self.remove(due, orphan) for orphan in going])

    async def _marked(self, due: Connection, orphans: MarkedMeetings) -> Sequence[MarkedMeeting]:
        found: list[MarkedMeeting] = []
        page: str | None = None
        for _ in range(MOST_PAGES):
            told = await self.access_tokens.use(due.host, partial(orphans.marked, page=page))
            found += told.meetings
            page = told.following
            if page is None:
                return found
        _log.warning("an account at %s lists more meetings than one sweep reads", due.provider)
        return found

    async def _looked(self, due: Connection, marked: Sequence[MarkedMeeting]) -> OrphanSweep:
        now = self.clock.now()
        async with self.begin() as work:
            known = await work.bookings.meetings_like(due.host, marked) if marked else ()
            sighted = orphans_among(marked, known, now)
            new = due.sweep.new_among(sighted)
            owners = owners_of(new, known, await work.bookings.creates_of(due.host)) if new else {}
            sweep = await keep_sweep(work, due, lambda before: before.found(sighted, owners, now))
            await work.commit()
        if new:
            _log.warning(
                "found %d orphaned meetings at %s, %d of them given up here", len(new), due.provider, len(owners)
            )
        return sweep or OrphanSweep()

    async def _put_off(self, due: Connection, error: ProviderError) -> None:
        _log.warning("an account at %s could not be swept: %s", due.provider, error.code)
        async with self.begin() as work:
            await keep_sweep(work, due, lambda sweep: sweep.put_off(error, self.clock.now()))
            await work.commit()
