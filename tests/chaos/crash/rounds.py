"""Kills one run before, during and after every step, with a client that repeats its request and one that does not."""

import contextlib
from functools import partial
from typing import Any

import httpx

from adapters.in_memory.provider.fault import Fault
from domain.accounts.account import Account
from tests.browser import Browser
from tests.chaos.crash.lives import Life, Round
from tests.chaos.crash.mortals import KILLED, Mortal
from tests.chaos.crash.passage import Death, When
from tests.chaos.crash.site import Found, Site, together

_HELD_BACK_MS = 400


def deaths(steps: list[str]) -> list[Death]:
    """A commit is done or not; a call can also be under way."""
    return [Death(number, when) for number, step in enumerate(steps) for when in _moments(step)]


def _moments(step: str) -> tuple[When, ...]:
    return ("before", "after") if step == "commit" else ("before", "during", "after")


class Rounds:
    def __init__(self, site: Site, life: Life) -> None:
        self._site = site
        self._life = life
        self.steps: list[str] = []
        self.all: list[Round] = []

    @property
    def name(self) -> str:
        return self._life.name

    def count_steps(self) -> None:
        """The run without a kill, to learn its steps."""
        (one,) = self._plan([(None, False)])
        self._prepare([one])
        with self._site.healthy() as mortal:
            answer = self._life.act(one, self._site.at(mortal.address))
            assert answer.is_success, answer.text
            self.steps = mortal.steps
        self.all.append(one)

    def die(self) -> None:
        self._die([(death, repeats) for death in deaths(self.steps) for repeats in self._clients(death)])

    def _clients(self, death: Death) -> tuple[bool, ...]:
        """Whether the client repeats. For Calendra and Zoom, "after a step" is the same as "before the next", so one
        kill is for a client that repeats, and the other for one that does not."""
        only = {"before": death.step > 0 and (False,), "after": death.step + 1 < len(self.steps) and (True,)}
        return only.get(death.when) or (False, True)

    def die_there(self, death: Death, times: int) -> None:
        """Kills several times at the same step, with clients that do not repeat."""
        self._die([(death, False)] * times)

    def _die(self, every: list[tuple[Death | None, bool]]) -> None:
        planned = self._plan(every)
        self._prepare(planned)
        self.all += planned
        together([partial(self._die_in, one) for one in planned])

    def repeat(self, browser: Browser) -> None:
        """A careful client does not know whether its request arrived, and sends it again."""
        for one in self.all:
            if one.death and one.repeats:
                answer = self._life.act(one, browser)
                good = answer.is_success or answer.status_code == self._life.already
                assert good, f"{one.title}: {answer.status_code} {answer.text}"

    def judge(self, found: dict[str, Found]) -> list[str]:
        """One line for each fault."""
        return [line for one in self.all for line in self._wrong(one, found.get(one.title, Found()))]

    def without_consent(self, found: dict[str, Found]) -> list[Round]:
        """Connections whose new tokens were lost with the process, between Zoom's answer and the commit."""
        return [one for one in self.all if _consent_gone(found.get(one.title, Found()))]

    def tokens_died(self, one: Round) -> bool:
        """Zoom's answer to the refresh was not yet stored: the sandbox takes the old token only once."""
        refresh = self.steps.index("POST token") if "POST token" in self.steps else -1
        lost = {("during", refresh), ("after", refresh), ("before", refresh + 1)}
        return one.death is not None and (one.death.when, one.death.step) in lost

    def _plan(self, every: list[tuple[Death | None, bool]]) -> list[Round]:
        hosts, first = self._hosts(len(every)), len(self.all)
        return [
            Round(
                title=f"{self._life.name} {first + number}: {self._where(death)}{', repeated' if repeats else ''}",
                death=death,
                repeats=repeats,
                host=hosts[number],
                other_host=hosts[(number + 1) % len(hosts)],
                slot=self._site.slot(),
                client_id=self._site.clients[0],
            )
            for number, (death, repeats) in enumerate(every)
        ]

    def _hosts(self, most: int) -> list[Account]:
        if not self._life.host_of_its_own:
            shared = self._site.hosts
            return [shared[number % len(shared)] for number in range(max(most, 2))]
        seconds = 20 if self._life.tokens == "stale" else 3599  # too short to be used, from the very beginning
        self._site.zoom.configure(access_token_seconds=seconds)
        hosts = self._site.staff.hire(max(most, 2))
        self._site.zoom.configure(access_token_seconds=3599)
        return hosts

    def _where(self, death: Death | None) -> str:
        return f"{death.when} step {death.step} ({self.steps[death.step]})" if death else "whole"

    def _prepare(self, planned: list[Round]) -> None:
        with self._site.healthy() as mortal:
            browser = self._site.at(mortal.address)
            for one in planned:
                self._life.prepare(self._site, browser, one)

    def _die_in(self, one: Round) -> None:
        assert one.death
        mortal = self._site.dying.start(death=one.death)
        with self._held_back(one):
            self._must_get_no_answer(one, self._site.at(mortal.address))
        self._must_have_died_there(one, mortal)

    @contextlib.contextmanager
    def _held_back(self, one: Round) -> Any:
        """While a call is under way, the calls of its host are slow, and take effect only after the kill."""
        if not (one.death and one.death.when == "during"):
            yield
            return
        slow = partial(self._site.zoom.strike, "*", Fault.SLOW, delay_ms=_HELD_BACK_MS, times=None)
        faults = [slow(account=host.email) for host in (one.host, one.other_host)]
        yield
        self._site.zoom.heal(*faults)

    def _must_get_no_answer(self, one: Round, browser: Browser) -> None:
        try:
            answer = self._life.act(one, browser)
        except httpx.TransportError:
            return
        raise AssertionError(f"{one.title}: answered {answer.status_code} {answer.text}")

    def _must_have_died_there(self, one: Round, mortal: Mortal) -> None:
        assert one.death
        code = mortal.process.wait()
        assert code == KILLED, f"{one.title}: ended with {code} after {mortal.steps}"
        assert len(mortal.steps) == one.death.step + 1, f"{one.title}: died after {mortal.steps}"

    def _wrong(self, one: Round, found: Found) -> list[str]:
        if len(found.sessions) > 1 or len(found.meetings) > 1:
            return [f"{one.title}: {len(found.sessions)} sessions, {len(found.meetings)} meetings"]
        session = found.sessions[0] if found.sessions else None
        stored = one.repeats or one.death != Death(0, "before")  # the first commit is the promise
        as_it_should_be = self._life.done if stored else self._life.undone
        if not as_it_should_be(one, session):
            return [f"{one.title}: the session is {session}"]
        return _wrong_meeting(one, session, found.meetings)


def _wrong_meeting(one: Round, session: dict[str, Any] | None, meetings: list[dict[str, Any]]) -> list[str]:
    wanted = session is not None and session["status"] == "planned" and session["online"]
    if len(meetings) != int(wanted):
        return [f"{one.title}: {len(meetings)} meetings for {session}"]
    if (
        session
        and wanted
        and (session["meeting"]["status"], session["meeting"]["join_link"])
        != (
            "ready",
            meetings[0]["join_url"],
        )
    ):
        return [f"{one.title}: {session['meeting']} instead of {meetings[0]['join_url']}"]
    return []


def _consent_gone(found: Found) -> bool:
    return any(one["meeting"]["reason"] in ("consent_gone", "tokens_lost") for one in found.sessions)
