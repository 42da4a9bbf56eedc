"""The security log: pages, filters, and announcements after the commit."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from domain.accounts.account import Role
from domain.security.event import EventFacts, EventKind, EventOutcome, SecurityEvent, SecurityLogQuery
from tests.contract.storage.practice import HOUR, NOW, Practice, Storage


def _full(practice: Practice) -> SecurityEvent:
    return SecurityEvent(
        EventKind.ROLES_CHANGED, NOW, practice.id, practice.admin.id, practice.ana.id, EventOutcome.SUCCEEDED,
        "192.0.2.7", "4f0c", EventFacts((Role.ADMIN, Role.CONSULTANT), "zoom", 3),
    )  # fmt: skip


async def _stored(storage: Storage, *events: SecurityEvent) -> None:
    async with storage.begin() as work:
        for event in events:
            await work.security_log.add(event)
        await work.commit()


async def _page(storage: Storage, practice: Practice, query: SecurityLogQuery) -> list[SecurityEvent]:
    async with storage.begin() as work:
        return [one.event for one in await work.security_log.page(practice.id, query)]


async def test_an_event_comes_back_whole_and_newest_first(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    full = _full(practice)
    bare = SecurityEvent(EventKind.SIGN_IN, NOW + HOUR, practice.id, outcome=EventOutcome.REFUSED)
    await _stored(storage, full, bare, replace(full, organization_id=other_practice.id))
    assert await _page(storage, practice, SecurityLogQuery()) == [bare, full]


async def test_pages_follow_each_other_also_within_one_instant(storage: Storage, practice: Practice) -> None:
    events = [_full(practice).counted(number) for number in range(5)]
    await _stored(storage, *events)
    seen, after = [], None
    async with storage.begin() as work:
        while page := await work.security_log.page(practice.id, SecurityLogQuery(after=after, most=2)):
            seen += [one.event for one in page]
            after = page[-1].position
    assert seen == events[::-1]


async def test_filters(storage: Storage, practice: Practice) -> None:
    ours = _full(practice)
    refused = replace(ours, kind=EventKind.SIGN_IN, outcome=EventOutcome.REFUSED, actor_id=None, at=NOW + HOUR)
    other = replace(ours, kind=EventKind.INVITED, subject_id=uuid4(), at=NOW + 2 * HOUR)
    await _stored(storage, ours, refused, other)
    for query, expected in (
        (SecurityLogQuery(kinds=frozenset({EventKind.SIGN_IN, EventKind.INVITED})), [other, refused]),
        (SecurityLogQuery(outcome=EventOutcome.REFUSED), [refused]),
        (SecurityLogQuery(person_id=practice.ana.id), [refused, ours]),
        (SecurityLogQuery(person_id=practice.admin.id), [other, ours]),
        (SecurityLogQuery(since=NOW + HOUR), [other, refused]),
        (SecurityLogQuery(before=NOW + HOUR), [ours]),
    ):
        assert await _page(storage, practice, query) == expected, query


async def test_events_are_announced_after_the_commit_only(
    storage: Storage, practice: Practice, announced: list[SecurityEvent]
) -> None:
    announced.clear()
    full = _full(practice)
    async with storage.begin() as work:
        await work.security_log.add(full)
        assert announced == []
    assert announced == [], "rolled back"
    assert await _page(storage, practice, SecurityLogQuery()) == []
    async with storage.begin() as work:
        await work.security_log.add(full)
        await work.commit()
        await work.commit()
    assert announced == [full]


async def test_an_event_of_no_practice_is_announced_and_not_stored(
    storage: Storage, practice: Practice, announced: list[SecurityEvent]
) -> None:
    event = SecurityEvent(EventKind.WEBHOOK_EVENT, NOW, outcome=EventOutcome.REFUSED)
    await _stored(storage, event)
    assert announced[-1] == event
    async with storage.begin() as work:
        assert await work.security_log.remove_before(NOW + timedelta(days=1), most=10) == 0


@pytest.mark.parametrize("storage", ["postgres"], indirect=True)
async def test_stored_events_cannot_be_changed(storage: Storage, practice: Practice, database: str) -> None:
    await _stored(storage, _full(practice))
    async with await psycopg.AsyncConnection.connect(database) as connection:
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            await connection.execute("UPDATE security_log SET actor_id = NULL")
