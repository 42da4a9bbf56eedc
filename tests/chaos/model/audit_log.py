"""The history of a session has each call that the provider got, and no secret."""

import re
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from domain.audit.entry import AuditEntry
from domain.provider_errors import AccessRejected
from tests.chaos.model.life import Call
from tests.chaos.model.memory import Agreed
from tests.chaos.model.practice import Practice
from tests.chaos.model.violation import Violation

_ACTIONS = {"create": "create", "change": "change", "remove": "remove", "find": "find", "read": "verify"}
_SECRET = re.compile(r"-(access|renewal|code)-\d|/j/\d|pwd=")


def check(practice: Practice) -> None:
    got = _calls(practice)
    for one in practice.memory.agreed.values():
        if one.status != "deleted":
            entries = _entries(practice, one)
            _tells(one, entries, got.get(one.id, Counter()))
            _gives_nothing_up(one, entries, practice.memory.deleted[one.id])


def _calls(practice: Practice) -> dict[UUID, Counter[str]]:
    """Calls of processes that were not killed before they recorded them. A call that is repeated with a new token is
    recorded once."""
    found: dict[UUID, Counter[str]] = {}
    for call in practice.site.log.calls:
        marker = practice.marker_of(call)
        if call.operation in _ACTIONS and marker and _was_told(call):
            found.setdefault(practice.memory.of_marker[marker], Counter())[_ACTIONS[call.operation]] += 1
    return found


def _was_told(call: Call) -> bool:
    return not isinstance(call.error, AccessRejected) and call.life is not None and not call.life.dead


def _entries(practice: Practice, one: Agreed) -> Sequence[AuditEntry]:
    entries: Sequence[AuditEntry] = practice.read(lambda work: work.audit_log.of(one.organization_id, one.id))
    return entries


def _gives_nothing_up(one: Agreed, entries: Sequence[AuditEntry], deleted: int) -> None:
    """Calendra gives up a link only if the host deleted the meeting, whatever the provider reported in between."""
    lost = sum((entry.action, entry.reason, entry.facts.found) == ("find", "missing", 0) for entry in entries)
    if lost > deleted:
        raise Violation("lost", f"session {one.id} gave up {lost} links, and its host deleted {deleted} meetings")


def _tells(one: Agreed, entries: Sequence[AuditEntry], got: Counter[str]) -> None:
    told = Counter(entry.action.value for entry in entries)
    if got - told:
        raise Violation("untrue", f"the history of session {one.id} lacks {got - told}")
    if _SECRET.search(repr(entries)):
        raise Violation("untrue", f"the history of session {one.id} holds a secret")
