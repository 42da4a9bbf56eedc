"""Histories, receipts, seen webhook events."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.accounts.account import Role
from domain.audit.action import Action
from domain.audit.entry import AuditEntry, Failure
from domain.audit.facts import ChangedField, Facts, Merge, RemovedOrphan
from domain.audit.outcome import Outcome
from domain.booking.verdict import Verdict
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.connection.revocation import Ending, Revocation
from domain.creation import Creation
from domain.erasure import Kept, Mention, Receipt
from domain.failure_reason import FailureReason
from domain.meeting.host import Host
from domain.meeting.link_change import Acknowledgement
from domain.meeting.reason import Reason
from domain.meeting.verification import Difference
from tests.contract.storage.practice import HOUR, NOW, PROVIDER, Practice, Storage

EVERY_FACT = Facts(
    changed=(ChangedField.TITLE, ChangedField.CLIENT_IDS),
    verdict=Verdict.RECREATED,
    differs=(Difference.MOVED,),
    link_changed=True,
    failure=FailureReason.QUEUED,
    found=0,
    title_shortened_to=200,
    acknowledgement=Acknowledgement.COPIED,
    meetings=MeetingsOnDisconnect.KEEP,
    ending=Ending(Revocation.REFUSED, 2),
    orphan=RemovedOrphan("81", NOW),
    merge=Merge('Žiga "Ž"', 3, 0),
    name="Živa",
    roles=(Role.ADMIN, Role.CONSULTANT),
)


async def test_a_history_comes_back_oldest_first(storage: Storage, practice: Practice) -> None:
    subject = uuid4()
    plain = AuditEntry(practice.id, subject, NOW, Action.BOOKED)
    full = AuditEntry(
        practice.id, subject, NOW + timedelta(microseconds=7), Action.CREATE, practice.admin.id, practice.ana.id,
        PROVIDER, practice.ana.id, Reason.NEW, Outcome.REFUSED, "answered č \"'", EVERY_FACT,
    )  # fmt: skip
    async with storage.begin() as work:
        await work.audit_log.add(full, plain, replace(plain, subject_id=uuid4()))
        await work.audit_log.add()
        same_moment = [replace(plain, facts=Facts(found=number), at=NOW + HOUR) for number in range(12)]
        await work.audit_log.add(*same_moment)
        assert await work.audit_log.of(practice.id, subject) == [plain, full, *same_moment]
        assert await work.audit_log.of(uuid4(), subject) == []


async def test_odd_answers_of_a_provider_do_not_stop_a_history(storage: Storage, practice: Practice) -> None:
    entry = AuditEntry(practice.id, uuid4(), NOW, Action.CREATE, answer="a\x00b \ud800 c", facts=Facts(name="\x00"))
    async with storage.begin() as work:
        await work.audit_log.add(entry)
        assert len(await work.audit_log.of(practice.id, entry.subject_id)) == 1


async def test_calls_of_hosts_are_counted(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    entry = AuditEntry(practice.id, uuid4(), NOW, Action.CREATE, provider=PROVIDER, host_id=practice.ana.id)
    others = [
        replace(entry, action=Action.FIND),
        replace(entry, at=NOW - timedelta(seconds=1)),
        replace(entry, host_id=practice.bor.id),
        replace(entry, provider="other"),
        replace(entry, organization_id=other_practice.id),
    ]
    ana, bor, elsewhere = (
        Host(practice.id, who.id, provider)
        for who, provider in ((practice.ana, PROVIDER), (practice.bor, PROVIDER), (practice.bor, "other"))
    )
    async with storage.begin() as work:
        await work.audit_log.add(entry, replace(entry, subject_id=uuid4(), action=Action.CHANGE), *others)
        asked: dict[str, Any] = {"counted": [Action.CREATE, Action.CHANGE], "since": NOW}
        found = await work.audit_log.calls_of_hosts(practice.id, [ana, bor, elsewhere], **asked)
        assert {one.host: one.counted for one in found} == {ana: 2, bor: 1, elsewhere: 0}
        assert {(one.last_success_at, one.last_failure) for one in found} == {(None, None)}
        assert await work.audit_log.calls_of_hosts(practice.id, [], **asked) == []


WHAT_HAPPENED = [
    ([], None, None),
    ([Outcome.DONE, Outcome.FOUND], 1, None),
    ([Outcome.DONE, Outcome.TRY_LATER], 0, Failure(NOW + HOUR, Outcome.TRY_LATER, "503")),
    ([Outcome.TRY_LATER, Outcome.DONE], 1, None),
    ([Outcome.TRY_LATER, Outcome.MEETING_GONE], None, Failure(NOW, Outcome.TRY_LATER, "503")),
    ([Outcome.DONE, Outcome.MEETING_GONE], 0, None),
    ([Outcome.DONE, Outcome.TRY_LATER, Outcome.REFUSED, None], 0, Failure(NOW + 2 * HOUR, Outcome.REFUSED, "503")),
    ([Outcome.DONE, Outcome.AUTHORIZATION_ENDED], 0, Failure(NOW + HOUR, Outcome.AUTHORIZATION_ENDED, "503")),
]


@pytest.mark.parametrize(("outcomes", "success", "failure"), WHAT_HAPPENED)
@pytest.mark.parametrize("together", [False, True])
async def test_how_a_host_has_been_answering(
    storage: Storage,
    practice: Practice,
    *,
    outcomes: list[Outcome | None],
    success: int | None,
    failure: Failure | None,
    together: bool,
) -> None:
    """One after the other, and all in the same instant."""
    step = timedelta(0) if together else HOUR
    plain = AuditEntry(practice.id, uuid4(), NOW, Action.CREATE, provider=PROVIDER, host_id=practice.ana.id)
    entries = [
        replace(plain, at=NOW + number * step, outcome=said, answer="503") for number, said in enumerate(outcomes)
    ]
    host = Host(practice.id, practice.ana.id, PROVIDER)
    async with storage.begin() as work:
        await work.audit_log.add(
            *entries, replace(plain, host_id=practice.bor.id, outcome=Outcome.DONE, at=NOW + 9 * HOUR)
        )
        [calls] = await work.audit_log.calls_of_hosts(practice.id, [host], counted=[Action.CREATE], since=NOW)
    assert calls.last_success_at == (None if success is None else NOW + success * step)
    assert calls.last_failure == (replace(failure, at=NOW) if failure and together else failure)


async def test_a_history_is_removed(storage: Storage, practice: Practice) -> None:
    entry = AuditEntry(practice.id, uuid4(), NOW, Action.BOOKED)
    async with storage.begin() as work:
        await work.audit_log.add(entry, entry, replace(entry, subject_id=uuid4()))
        assert await work.audit_log.remove_of(practice.id, entry.subject_id) == 2
        assert await work.audit_log.of(practice.id, entry.subject_id) == []


async def test_a_receipt_comes_back(storage: Storage, practice: Practice) -> None:
    receipt = Receipt(
        practice.id,
        uuid4(),
        "ab" * 32,
        NOW,
        "support",
        {"tokens": 2},
        {PROVIDER: Ending(Revocation.CONFIRMED), "x": Ending(Revocation.SCOPE_MISSING, 2)},
        Kept(2, 1, (Mention(uuid4(), NOW),)),
    )
    async with storage.begin() as work:
        await work.receipts.add(receipt)
        assert await work.receipts.find(practice.id, receipt.id) == receipt
        assert await work.receipts.find(uuid4(), receipt.id) is None


async def test_receipts_come_newest_first(storage: Storage, practice: Practice, other_practice: Practice) -> None:
    first = Receipt(
        practice.id, uuid4(), "ab" * 32, NOW, "support", {"tokens": 2}, {PROVIDER: Ending(Revocation.CONFIRMED)}
    )
    second, third = (replace(first, id=uuid4(), erased_at=NOW + hours * HOUR) for hours in (1, 2))
    async with storage.begin() as work:
        for receipt in (second, third, first):
            await work.receipts.add(receipt)
        assert await work.receipts.newest(practice.id, most=2) == [third, second]
        assert await work.receipts.newest(practice.id, most=9) == [third, second, first]
        assert await work.receipts.newest(other_practice.id, most=9) == []


async def test_a_event_is_new_once(storage: Storage) -> None:
    async with storage.begin() as work:
        assert await work.processed_events.first_time(PROVIDER, "n", now=NOW)
        assert not await work.processed_events.first_time(PROVIDER, "n", now=NOW)
        assert await work.processed_events.first_time("other", "n", now=NOW - HOUR)
        assert await work.processed_events.remove_seen_before(NOW, most=9) == 1
        assert await work.processed_events.first_time("other", "n", now=NOW)


async def test_a_event_that_comes_many_times_at_once_is_new_once(storage: Storage) -> None:
    async def came() -> bool:
        async with storage.begin() as work:
            new = await work.processed_events.first_time(PROVIDER, "n", now=NOW)
            await work.commit()
        return new

    assert sorted(await asyncio.gather(*(came() for _ in range(6)))) == [False] * 5 + [True]


async def test_a_event_whose_handling_failed_is_new_again(storage: Storage) -> None:
    async with storage.begin() as work:
        assert await work.processed_events.first_time(PROVIDER, "n", now=NOW)
    async with storage.begin() as work:
        assert await work.processed_events.first_time(PROVIDER, "n", now=NOW)


def _made(practice: Practice, **requested: object) -> Creation:
    return Creation.of(practice.id, uuid4(), {"kind": "client", "name": "Eva"} | requested, at=NOW)


async def test_a_creating_request_is_told_from_its_repetition(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    made = _made(practice)
    later = replace(made, object_id=uuid4(), content="other", asked_at=NOW + HOUR)
    async with storage.begin() as work:
        assert await work.creations.add(made) is None
    async with storage.begin() as work:
        assert await work.creations.find(practice.id, made.key) is None
        assert await work.creations.add(made) is None, "what was not committed is not remembered"
        await work.commit()
    async with storage.begin() as work:
        assert await work.creations.add(later) == made
        assert await work.creations.find(practice.id, made.key) == made
        assert await work.creations.find(other_practice.id, made.key) is None
        assert await work.creations.add(replace(made, organization_id=other_practice.id)) is None


async def test_a_key_outlives_the_content_of_its_request(
    storage: Storage, practice: Practice, other_practice: Practice
) -> None:
    one, other, third = _made(practice), _made(practice), _made(practice)
    elsewhere = replace(one, organization_id=other_practice.id)
    async with storage.begin() as work:
        for made in (one, other, third, elsewhere):
            assert await work.creations.add(made) is None
        await work.creations.erase_contents(practice.id, [one.object_id, other.object_id, uuid4()])
        await work.creations.erase_contents(practice.id, [])
        await work.commit()
    async with storage.begin() as work:
        found = [await work.creations.add(made) for made in (one, other, third, elsewhere)]
    assert found == [replace(one, content=None), replace(other, content=None), third, elsewhere]


async def test_a_repetition_waits_for_the_end_of_the_first_request(storage: Storage, practice: Practice) -> None:
    made, order = _made(practice), list[str]()

    async def ask(name: str) -> bool:
        async with storage.begin() as work:
            earlier = await work.creations.add(made)
            await asyncio.sleep(0.05)
            order.append(name)
            await work.commit()
            return earlier is None

    assert sorted(await asyncio.gather(*(ask(str(number)) for number in range(5)))) == [False] * 4 + [True]


async def test_a_person_is_forgotten_in_the_history_of_the_practice_and_nobody_else(
    storage: Storage, practice: Practice
) -> None:
    here, who = practice.id, uuid4()
    of_practice = AuditEntry(here, here, NOW, Action.ACCOUNT_ENDED, practice.admin.id)
    theirs = [
        replace(of_practice, action=Action.INVITED, facts=Facts(name="Dana before")),
        replace(of_practice, action=Action.JOINED, actor_id=who, facts=Facts(name="Dana")),
        replace(of_practice, on_behalf_of=who, facts=Facts(name="Dana", roles=(Role.ADMIN,))),
    ]
    others = [
        replace(of_practice, action=Action.FOUNDED, facts=Facts(name="Dana before")),  # the practice has that name
        replace(of_practice, action=Action.INVITED, facts=Facts(name="Eva")),
        replace(of_practice, on_behalf_of=practice.ana.id, facts=Facts(name="Ana")),
        replace(of_practice, organization_id=uuid4(), on_behalf_of=who, facts=Facts(name="Dana")),
    ]
    async with storage.begin() as work:
        await work.audit_log.add(*theirs, *others)
        assert await work.audit_log.forget_person(here, who, ["Dana before"]) == len(theirs)
        left = await work.audit_log.of(here, here)
        assert [one.facts.name for one in left] == ["", "", "", "Dana before", "Eva", "Ana"]
        assert left[2].facts.roles == (Role.ADMIN,)
        assert await work.audit_log.of(others[3].organization_id, here) == others[3:]
