"""Looks through hosts' accounts for strays, and has those removed that a booking gave up."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from application.connection.fresh_access import FreshAccess
from application.meeting.remove_stray import RemoveStray, keep_tidying
from domain.connection.connection import Connection
from domain.errors import ProviderError
from domain.meeting.strays import MarkedMeeting, Tidying, owners_of, strays_among
from domain.ports.clock import Clock
from domain.ports.meeting_provider import Strays
from domain.ports.unit_of_work import Begin
from domain.provider_errors import TryLater
from domain.providers import Providers

MOST_HOSTS = 20
MOST_PAGES = 20
MOST_REMOVALS = 20

_log = logging.getLogger("calendra.tidy")


def _never() -> bool:
    return False


@dataclass(frozen=True)
class TidyAccounts:
    """Rules:

    - Each host once a day, one after the other, in few calls. At the first sign that a provider is ill or limited,
      its hosts are left in peace for this round.
    - The provider is asked first and the database afterwards: what is being made meanwhile is known by then.
    - Removed is only what was seen twice, ten minutes apart, and what a booking of this database gave up. Other
      strays are shown and left alone: they may belong to sessions that a restored backup forgot.
    """

    begin: Begin
    providers: Providers
    access: FreshAccess
    remove: RemoveStray
    clock: Clock

    async def __call__(self, over: Callable[[], bool] = _never) -> int:
        """One round, which ends early when it is `over`; how many strays were removed."""
        able = {provider.name: provider.strays for provider in self.providers if provider.strays}
        async with self.begin() as work:
            due = await work.connections.to_be_tidied(able, now=self.clock.now(), most=MOST_HOSTS)
        removed = 0
        for connection in due:
            if over():
                break
            if connection.provider not in able or not await self._leased(connection):
                continue
            try:
                removed += await self._tidied(connection, able[connection.provider])
            except ProviderError as error:
                await self._put_off(connection, error)
                if isinstance(error, TryLater):
                    del able[connection.provider]
        return removed

    async def _leased(self, due: Connection) -> bool:
        host, now = due.host, self.clock.now()
        async with self.begin() as work:
            found = await work.connections.to_change(host.organization_id, host.consultant_id, host.provider)
            if found is None or not found.to_be_tidied(now):
                return False
            await work.connections.save(found.with_tidying(found.tidying.begun(now)))
            await work.commit()
        return True

    async def _tidied(self, due: Connection, strays: Strays) -> int:
        tidying = await self._looked(due, await self._marked(due, strays))
        going = tidying.must_go(self.clock.now())[:MOST_REMOVALS]
        return sum([await self.remove(due, stray) for stray in going])

    async def _marked(self, due: Connection, strays: Strays) -> Sequence[MarkedMeeting]:
        found: list[MarkedMeeting] = []
        page: str | None = None
        for _ in range(MOST_PAGES):
            told = await self.access.use(due.host, partial(strays.marked, page=page))
            found += told.meetings
            page = told.following
            if page is None:
                return found
        _log.warning("an account at %s lists more meetings than are looked through", due.provider)
        return found

    async def _looked(self, due: Connection, marked: Sequence[MarkedMeeting]) -> Tidying:
        now = self.clock.now()
        async with self.begin() as work:
            known = await work.bookings.meetings_like(due.host, marked) if marked else ()
            sighted = strays_among(marked, known, now)
            new = due.tidying.new_among(sighted)
            owners = owners_of(new, known, await work.bookings.creates_of(due.host)) if new else {}
            tidying = await keep_tidying(work, due, lambda before: before.found(sighted, owners, now))
            await work.commit()
        if new:
            _log.warning("found %d strays at %s, %d of them given up here", len(new), due.provider, len(owners))
        return tidying or Tidying()

    async def _put_off(self, due: Connection, error: ProviderError) -> None:
        _log.warning("an account at %s could not be tidied: %s", due.provider, error.code)
        async with self.begin() as work:
            await keep_tidying(work, due, lambda tidying: tidying.put_off(error, self.clock.now()))
            await work.commit()
