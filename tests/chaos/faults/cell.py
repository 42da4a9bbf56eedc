"""One cell of the matrix: a use case, and a fault in one of the calls that it makes."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx

from demo.sandbox.config import Person as ZoomPerson
from tests.app_on_sandbox import AppOnSandbox
from tests.chaos.faults.faults import DAILY_LIMIT, REFUSED_CONNECTION, WireFault
from tests.chaos.faults.practice import Practice, practice
from tests.chaos.faults.truth import Verdict, at_rest, untrue_now
from tests.chaos.faults.use_cases import End, UseCase

# Less than a day together. A failing call is tried again between two of them.
SOON = [timedelta(seconds=one) for one in (6, 11, 21, 61, 5 * 60, 16 * 60)]
LATER = [timedelta(hours=one) for one in (1, 6, 16)]


@dataclass(frozen=True)
class Call:
    """The n-th call of its kind to one person's account; `overall` counts the calls to all accounts."""

    kind: str
    account: str
    nth: int
    overall: int


@dataclass(frozen=True)
class Cell:
    use_case: UseCase
    call: Call
    fault: WireFault
    times: int = 1

    def __str__(self) -> str:
        nth = f" ({self.call.nth})" if self.call.nth > 1 else ""
        often = {1: "", 2: ", twice", 3: ", three times"}[self.times]
        return f"{self.use_case.name} / {self.call.kind}{nth} / {self.fault.name}{often}"


@dataclass
class Story:
    """What happened, for the report of a failure."""

    lines: list[str] = field(default_factory=list)
    verdict: Verdict = field(default_factory=Verdict)
    needed: str = ""  # what the service asked a person to do, if anything
    hits: int = 0
    slow_machine: bool = False

    def tell(self, line: str) -> None:
        self.lines.append(line)

    def __str__(self) -> str:
        return "\n".join(f"    {line}" for line in [*self.lines, *self.verdict.lines])


async def observed(place: AppOnSandbox, zoom: tuple[ZoomPerson, ZoomPerson], use_case: UseCase) -> list[Call]:
    """The calls of the use case without a fault, the worker's included."""
    here, story = await practice(place, zoom), Story()
    await _prepare(here, use_case)
    before = len(await here.calls_in_order())
    await use_case.act(here)
    await _time_passes(here, story, [*SOON, *LATER, *[timedelta(days=1)] * use_case.days])
    made = (await here.calls_in_order())[before:]
    story.verdict.add(await at_rest(here, use_case.end))
    assert not story.verdict.bad, f"{use_case.name}, without a fault:\n{story}"
    return [_call(made, at) for at, (*_, struck) in enumerate(made) if not struck]


def _call(made: list[tuple[str, str, str]], at: int) -> Call:
    """A fault that is part of the use case itself does not count as a call."""
    kind, account, _ = made[at]
    so_far = made[: at + 1]
    return Call(kind, account, so_far.count((kind, account, "")), sum(one[0] == kind for one in so_far))


async def lived(place: AppOnSandbox, zoom: tuple[ZoomPerson, ZoomPerson], cell: Cell) -> Story:
    here, story = await practice(place, zoom), Story()
    await _prepare(here, cell.use_case)
    place.clients.forget()
    fault = await _strike(here, cell)
    answer = await cell.use_case.act(here)
    refused = _judged(answer, story)
    await _truth(here, story, "at once")
    await _time_passes(here, story, SOON)
    await _truth(here, story, "soon")
    await _helped(here, cell, story, refused=refused)
    await _time_passes(here, story, [*LATER, *_further_days(cell)])
    story.hits = await _ended(here, fault)
    await _helped(here, cell, story, refused=False)
    await _time_passes(here, story, [timedelta(0), timedelta(minutes=11)])
    story.verdict.add(await at_rest(here, _end_of(cell.use_case, story)))
    story.slow_machine = _too_slow(here, cell, story)
    if story.verdict.bad:
        story.lines += [f"call: {call} of {who}: {status} {struck}" for call, who, status, struck in await here.calls()]
    return story


def _further_days(cell: Cell) -> list[timedelta]:
    """A limit that is reached again on the next day takes another day."""
    limited = cell.times - 1 if cell.fault.name == DAILY_LIMIT else 0
    return [timedelta(days=1)] * (limited + cell.use_case.days)


def _end_of(use_case: UseCase, story: Story) -> End:
    """A consultant who disconnects, and has to connect again so that the meetings can be removed, ends up connected."""
    return End.CONNECTED if story.needed == "reconnect" else use_case.end


async def _prepare(here: Practice, use_case: UseCase) -> None:
    for step in use_case.prepare:
        await step(here)


async def _strike(here: Practice, cell: Cell) -> int | None:
    call = cell.call
    if cell.fault.name == REFUSED_CONNECTION:
        here.place.clients.refuse(call.kind, call.overall - 1, cell.times)
        return None
    ask = cell.fault.asked(here.place.clock.now())
    where = {"operation": call.kind, "account": here.accounts[call.account].user_id}
    how_often = {"skip": call.nth - 1, "times": cell.times}
    return int((await here.place.ask_zoom("POST", "faults", ask | where | how_often))["id"])


async def _ended(here: Practice, fault: int | None) -> int:
    """Ends the fault, and returns how often it took effect."""
    if fault is None:
        here.place.clients.refusing = None
        return here.place.clients.refused
    await here.place.ask_zoom("DELETE", f"faults/{fault}")
    return sum(bool(struck) for *_, struck in await here.calls()) - here.lost


def _judged(answer: httpx.Response | None, story: Story) -> bool:
    """The request was done or refused with a code and the next step. True when it was refused."""
    if answer is None:
        return False
    story.tell(f"answer: {answer.status_code} {answer.text[:600]}")
    if answer.is_success:
        return False
    problem: dict[str, Any] = answer.json()
    if problem.get("code") in (None, "fault") or not problem.get("next"):
        story.verdict.note("untrue", f"the answer does not say what to do: {answer.status_code} {answer.text[:300]}")
    return True


async def _truth(here: Practice, story: Story, when: str) -> None:
    for line in await untrue_now(here):
        story.verdict.note("untrue", f"{when}: {line}")


async def _time_passes(here: Practice, story: Story, pauses: list[timedelta]) -> None:
    for pause in pauses:
        here.place.clock.move(pause)
        if not await here.place.work():
            story.verdict.note("stuck", "the worker always finds something due")
            return


async def _helped(here: Practice, cell: Cell, story: Story, *, refused: bool) -> None:
    """Does what the service asks people to do, if it asks anything."""
    needed, story.needed = story.needed, ""
    if refused:
        story.needed = "try again"
        for _ in range(cell.times):
            if not _judged(await cell.use_case.act(here), story):
                break
        else:
            story.verdict.note("lost", "refused again after the fault was over")
    else:
        await _followed(here, cell.use_case.end, story)
    if story.needed:
        story.tell(f"somebody had to: {story.needed}")
        await here.place.work()
    story.needed = story.needed or needed


async def _followed(here: Practice, end: End, story: Story) -> None:
    for who in (here.ana, here.boris):
        status = await here.status(who)
        ended = status == "not_connected" and who is here.ana and end is End.CONNECTED
        if status == "needs_reconnecting" or ended:
            story.needed = "reconnect"
            await here.connected(who)
    for session in here.sessions:
        if view := await here.view(session):
            await _followed_session(here, end, story, view)


async def _followed_session(here: Practice, end: End, story: Story, view: dict[str, Any]) -> None:
    meeting = view["meeting"]
    told = f"{meeting['status']}, {meeting['reason']}, {meeting['detail']}, stuck: {meeting['stuck']}"
    leaving = end is not End.CONNECTED
    waits = meeting["waits_for"] and not leaving
    if waits or (leaving and meeting["stuck"] and await here.status(here.ana) == "not_connected"):
        story.needed = "reconnect"
        await here.connected(here.boris if meeting["waits_for"] == str(here.boris.id) else here.ana)
    elif meeting["status"] == "failed":
        story.needed = "save again"
        await here.api(here.maja, "PATCH", f"/api/bookings/{view['id']}", {"title": view["title"]})
    else:
        return
    story.tell(f"people were told: {told}")
    if meeting["waits_for"] is None and meeting["status"] == "waiting" and not leaving:
        story.verdict.note("untrue", f"nobody is named: {told}")


def _too_slow(here: Practice, cell: Cell, story: Story) -> bool:
    """More calls than the fault affects got no answer, because this machine was too slow."""
    clients = here.place.clients
    swallowed = story.hits if cell.fault.silent or cell.fault.name == REFUSED_CONNECTION else 0
    return len(clients.asked) - clients.answered > swallowed + here.lost
