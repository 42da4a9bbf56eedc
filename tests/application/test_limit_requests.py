"""An account has an allowance of requests, which no other account uses up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import msgspec

from adapters.in_memory.clock import MovableClock
from adapters.in_memory.database import InMemoryDatabase
from application.count_repeated_events import CountRepeatedEvents
from application.limit_requests import LimitRequests
from domain.accounts.account import Account, Role
from domain.errors import TooManyRequests
from domain.security.event import EventKind, EventOutcome, SecurityLogQuery
from tests.in_memory_app import NOON, SETTINGS, in_memory_app

PER_SECOND, AT_ONCE = 5, 50


def person() -> Account:
    return Account(UUID(int=1), uuid4(), "ana@example.com", "Ana", frozenset({Role.CONSULTANT}), "Europe/Ljubljana")


@dataclass
class Allowance:
    """At a moment that the test moves."""

    now: float = 1000.0
    limit: Callable[[Account], None] = field(init=False)

    def __post_init__(self) -> None:
        count = CountRepeatedEvents(InMemoryDatabase().begin)
        self.limit = LimitRequests(PER_SECOND, MovableClock(NOON), count, lambda: self.now)

    def answered(self, account: Account, tries: int) -> list[bool]:
        return [self._answers(account) for _ in range(tries)]

    def _answers(self, account: Account) -> bool:
        try:
            self.limit(account)
        except TooManyRequests:
            return False
        return True


async def test_more_than_the_burst_is_refused_and_comes_back_with_time() -> None:
    allowance, ana = Allowance(), person()
    assert allowance.answered(ana, AT_ONCE + 20) == [True] * AT_ONCE + [False] * 20
    allowance.now += 2
    assert allowance.answered(ana, 13) == [True] * 10 + [False] * 3


async def test_a_person_who_asks_at_the_pace_never_waits() -> None:
    allowance, ana = Allowance(), person()
    for _ in range(2_000):
        allowance.now += 1 / PER_SECOND
        assert allowance.answered(ana, 1) == [True]


async def test_another_account_goes_on() -> None:
    allowance, ana, bor = Allowance(), person(), person()
    allowance.answered(ana, AT_ONCE + 20)
    assert all(allowance.answered(bor, AT_ONCE))


async def test_accounts_without_recent_requests_are_forgotten_and_the_others_are_not() -> None:
    allowance, ana = Allowance(), person()
    for _ in range(10_000):
        allowance.answered(person(), 1)
    allowance.now += 60
    allowance.answered(ana, AT_ONCE)
    allowance.answered(person(), 1)
    assert allowance.answered(ana, 1) == [False]


async def test_the_refusal_says_when_to_come_back_and_the_practice_reads_of_it() -> None:
    """A stream of changes has limits of its own, and health has none."""
    async with in_memory_app(msgspec.structs.replace(SETTINGS, account_requests_per_second=1)) as app:
        _, maja = await app.found("Practice", "Maja")
        await app.log_in(maja)
        answers = [await app.api("GET", "/api/me") for _ in range(40)]
        refused = [one for one in answers if one.status_code == 429]
        assert len(refused) >= 20
        assert {(one.json()["code"], one.headers["retry-after"]) for one in refused} == {("too_many_requests", "1")}
        assert (await app.api("GET", "/health/live")).status_code == 200
        await app.container.count_repeated_events().finish()
        async with app.container.begin()() as work:
            events = await work.security_log.page(maja.organization_id, SecurityLogQuery())
    limited = [one.event for one in events if one.event.kind is EventKind.REQUESTS_LIMITED]
    assert [(one.outcome, one.facts.count, one.subject_id) for one in limited] == [
        (EventOutcome.THROTTLED, len(refused), maja.id)
    ]
