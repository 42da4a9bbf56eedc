"""Every sample at the real service, with its database and its worker."""

import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.webhooks.practice import (
    NEWER,
    SECRET,
    an_hour_passes,
    book,
    connect,
    hear_zoom,
    looks,
    meeting_of,
    send,
    shown,
    silence_zoom,
    status,
    values,
)
from tests.integration.webhooks.samples import FORMS, Sample, samples
from tests.real_processes import ANA, CVETA, Service
from tests.tally import tally
from tests.walk import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("worker")]

GONE = ("meeting.deleted", "meeting.permanently_deleted")
REMOVALS = [sample for sample in samples() if sample.effect == "removed"]
OTHERS = [sample for sample in samples() if sample.effect != "removed"]


@pytest.fixture(autouse=True)
def _silent(calendra: Service) -> Iterator[None]:
    silence_zoom(calendra)
    yield
    hear_zoom(calendra)


def _counted(sample: Sample, statuses: list[int], untrue: int) -> None:
    tally(
        "Webhook samples",
        sample.name,
        delivered=len(statuses),
        accepted=statuses.count(200),
        refused=statuses.count(422),
        server_errors=sum(status >= 500 for status in statuses),
        untrue=untrue,
    )


def _delivered(calendra: Service, body: bytes, secret: str) -> list[int]:
    """Forged first, then genuine, then the same again."""
    return [send(calendra, body, secret=which).status_code for which in ("nobody's", secret, secret)]


def test_about_meetings(calendra: Service) -> None:
    connect(calendra, ANA)
    sessions = [book(calendra, ANA) for _ in OTHERS]
    an_hour_passes(calendra)
    statuses = []
    for sample, session, form, secret in zip(
        OTHERS, sessions, itertools.cycle(FORMS), itertools.cycle((NEWER, SECRET)), strict=False
    ):
        meeting = meeting_of(calendra, ANA, session)["id"]
        if sample.event in GONE:
            calendra.zoom.delete_meeting(meeting)
        statuses.append(_delivered(calendra, sample.filled(values(calendra, ANA, meeting), form), secret))
    changed = [session for sample, session in zip(OTHERS, sessions, strict=True) if sample.effect == "looked at"]
    wait_until(lambda: all(looks(calendra, ANA, one) for one in changed), "all are looked at", seconds=40)
    wait_until(lambda: all(_reconciled(calendra, one) for one in changed), "all have a meeting", seconds=40)
    faults = [_fault(calendra, sample, session) for sample, session in zip(OTHERS, sessions, strict=True)]
    for sample, answered, fault in zip(OTHERS, statuses, faults, strict=True):
        _counted(sample, answered, int(bool(fault)))
    assert [fault for fault in faults if fault] == []
    assert statuses == [[422, 200, 200]] * len(OTHERS)


def _reconciled(calendra: Service, session: dict[str, Any]) -> bool:
    return bool(shown(calendra, ANA, session)["meeting"]["status"] == "ready")


def _fault(calendra: Service, sample: Sample, session: dict[str, Any]) -> str:
    now = shown(calendra, ANA, session)
    looked = looks(calendra, ANA, session)
    if looked != (sample.effect == "looked at"):
        return f"{sample.name}: looked at {looked} times"
    if (now["meeting"]["join_link"] != session["meeting"]["join_link"]) != (sample.event in GONE):
        return f"{sample.name}: the link is {now['meeting']['join_link']}"
    return "" if meeting_of(calendra, ANA, now) else f"{sample.name}: no meeting"


@pytest.mark.parametrize("sample", REMOVALS, ids=lambda sample: sample.name)
def test_about_removals(calendra: Service, sample: Sample) -> None:
    connect(calendra, CVETA)
    older = sample.filled(values(calendra, CVETA, 0, ago=3600))
    before = _delivered(calendra, older, NEWER)
    kept = status(calendra, CVETA)
    calendra.zoom.remove_app(CVETA)
    body = sample.filled(values(calendra, CVETA, 0))
    after = [send(calendra, body, secret=secret).status_code for secret in (SECRET, SECRET)]
    ended = status(calendra, CVETA)
    time.sleep(2.1)  # until the moment that the webhook event names has passed
    connect(calendra, CVETA)
    late = send(calendra, body, secret=SECRET).status_code
    again = status(calendra, CVETA)
    untrue = [kept, ended, again] != ["connected", "not_connected", "connected"]
    _counted(sample, [*before, *after, late], int(untrue))
    assert [kept, ended, again] == ["connected", "not_connected", "connected"]
    assert [*before, *after, late] == [422, 200, 200, 200, 200, 200]
