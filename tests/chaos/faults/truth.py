"""Compares what Calendra shows with the meetings at Zoom."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.accounts.account import Account
from domain.errors import ProviderError
from domain.meeting.host import Host
from tests.chaos.faults.practice import Practice
from tests.chaos.faults.use_cases import End
from tests.sandbox_control import starts_at

UNHEARD = ("html", "truncated", "cut_off", "wrong_types")
KINDS = ("lost", "doubled", "left_behind", "different", "stuck", "untrue")


@dataclass
class Verdict:
    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    def note(self, kind: str, line: str) -> None:
        self.counts[kind] += 1
        self.lines.append(f"{kind.upper().replace('_', ' ')}: {line}")

    def add(self, other: "Verdict") -> None:
        self.counts.update(other.counts)
        self.lines += other.lines

    @property
    def bad(self) -> bool:
        return any(self.counts.values())


async def untrue_now(here: Practice) -> list[str]:
    """At any moment: the state that Calendra shows is the state at Zoom."""
    held, found = await here.meetings(), []
    linked: set[str] = set()
    for session in here.sessions:
        if view := await here.view(session):
            found += await _untrue_view(here, view, held)
            linked.add(view["meeting"]["join_link"] or "")
            known = linked | {here.kept.get("orphan")}  # Calendra cannot know of it before it lists the account
            found += _untold(view, [one for one in held if one["join_url"] not in known])
    return found + await _untrue_status(here, here.ana)


async def _untrue_view(here: Practice, view: dict[str, Any], held: list[dict[str, Any]]) -> list[str]:
    shown, found = view["meeting"], []
    wants = view["status"] == "planned" and view["online"]
    host = {str(here.ana.id): "Ana", str(here.boris.id): "Boris"}[view["consultant_id"]]
    own = [one for one in held if one["join_url"] == shown["join_link"] and one["host"] == host]
    if shown["join_link"] and not own and shown["join_link"] not in here.kept.get("vanished", ()):
        found.append(f"the link leads nowhere: {shown}")
    if shown["status"] == "ready" and own and not _fits(view, own[0]):
        found.append(f"ready, but Zoom has {_short(own[0])}, and the session is {_short_view(view)}")
    if shown["status"] == "ready" and not shown["join_link"]:
        found.append(f"ready without a link: {shown}")
    if (shown["status"] == "none") == wants:
        found.append(f"{shown['status']} is shown of a session that {'wants' if wants else 'wants no'} meeting")
    if shown["waits_for"] and shown["reason"] in ("consent_gone", "tokens_lost", "not_connected"):
        status = await here.status(here.ana if host == "Ana" else here.boris)
        if status == "connected":
            found.append(f"waits for somebody who is connected: {shown}")
    return found


def _untold(view: dict[str, Any], orphans: list[dict[str, Any]]) -> list[str]:
    """For one session: a meeting that exists is shown, or is being made."""
    shown = view["meeting"]
    told = shown["removing"] + (shown["status"] in ("wanted", "waiting", "failed") and not shown["join_link"])
    return [f"nobody is told of {_short(one)}: {shown}" for one in orphans[told:]]


async def _untrue_status(here: Practice, who: Account) -> list[str]:
    status, installed = await here.status(who), await here.installed(who)
    if status == "needs_reconnecting" and installed and await _lost_an_answer(here, who):
        sync_failure = (await here.on_the_board(who))["refresh_failure"]
        return (
            []
            if sync_failure == "tokens_lost"
            else [f"an answer to a refresh was lost, and the reason is {sync_failure}"]
        )
    if status == "needs_reconnecting":
        last = [answered for kind, name, answered, _ in await here.calls() if name == who.name and kind != "exchange"]
        if not any(answered in (400, 401, 404) for answered in last):
            return ["needs reconnecting, though Zoom never said so"]
    if status == "connected" and not installed:
        return [] if here.kept.get("removed") else ["connected, but Zoom knows nothing of it"]
    return []


async def _lost_an_answer(here: Practice, who: Account) -> bool:
    """Spoiled or cut off on its way; with a status of its own it is an answer."""
    calls = await here.calls()
    return any((kind, name) == ("refresh", who.name) and fault in UNHEARD for kind, name, _, fault in calls)


async def at_rest(here: Practice, end: End) -> Verdict:
    """When the fault is over and time has passed, each session that needs a meeting has one correct meeting, and there
    are no others."""
    verdict = Verdict()
    for line in await untrue_now(here):
        verdict.note("untrue", f"at the end: {line}")
    held = await here.meetings()
    links = [one["join_url"] for one in held]
    wanted: list[str] = []
    for session in here.sessions:
        view = await here.view(session)
        if view is None or view["status"] != "planned" or not view["online"]:
            continue
        wanted += _reconciled(view, end, held, verdict)
        if view["meeting"]["removing"]:
            verdict.note("stuck", f"still to be removed: {view['meeting']}")
    for link in links:
        if link not in wanted:
            verdict.note("left_behind", f"{link} belongs to no session")
    if len(wanted) != len(set(wanted)):
        verdict.note("doubled", f"two sessions share a link: {wanted}")
    await _connections(here, end, verdict)
    return verdict


def _reconciled(view: dict[str, Any], end: End, held: list[dict[str, Any]], verdict: Verdict) -> list[str]:
    """The link that this session must have."""
    shown = view["meeting"]
    if end is End.WITHDRAWN:
        if (shown["status"], shown["join_link"]) != ("waiting", None):
            verdict.note("stuck", f"not withdrawn: {shown}")
        return []
    if shown["status"] != "ready":
        verdict.note("stuck", f"not ready: {shown}")
    mine = [one for one in held if one["join_url"] == shown["join_link"]]
    if not mine:
        verdict.note("lost", f"no meeting: {shown}")
    elif not _fits(view, mine[0]):
        verdict.note("different", f"{_short(mine[0])} instead of {_short_view(view)}")
    return [shown["join_link"]] if shown["join_link"] else []


async def _connections(here: Practice, end: End, verdict: Verdict) -> None:
    status, installed = await here.status(here.ana), await here.installed(here.ana)
    if end is End.CONNECTED:
        if status != "connected":
            verdict.note("stuck", f"the connection is {status}")
            return
        refresh_failed = (await here.on_the_board(here.ana))["refresh_failure"]  # said, until the next call knows more
        if not await _works(here, here.ana) and not refresh_failed:
            verdict.note("untrue", "connected, but it does not work")
        return
    if status != "not_connected":
        verdict.note("stuck", f"the connection is {status}, with its tokens")
    receipt = here.kept.get("receipt")
    promised = receipt["revoked"].get("zoom", True) if receipt else True
    said_dead = any((kind, answered) == ("refresh", 400) for kind, _, answered, _ in await here.calls())
    if installed and promised and not said_dead:
        verdict.note("left_behind", "the authorization is alive at Zoom")


async def _works(here: Practice, who: Account) -> bool:
    container = here.place.container
    host = Host(who.organization_id, who.id, "zoom")
    try:
        await container.access_tokens().use(host, container.meeting_providers()["zoom"].oauth.current_user)
    except ProviderError:
        return False
    return True


def _fits(view: dict[str, Any], meeting: dict[str, Any]) -> bool:
    starts, ends = (datetime.fromisoformat(view[name]) for name in ("starts_at", "ends_at"))
    minutes = (ends - starts).total_seconds() / 60
    return (meeting["topic"], starts_at(meeting), meeting["duration"]) == (view["title"], starts, minutes)


def _short(meeting: dict[str, Any]) -> str:
    return f"{meeting['host']}'s {meeting['topic']!r} at {meeting['start_time']}, {meeting['join_url']}"


def _short_view(view: dict[str, Any]) -> str:
    return f"{view['title']!r} at {view['starts_at']}"
