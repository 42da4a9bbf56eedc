"""The facts of an audit entry as their JSON column stores them. A rename in the domain leaves stored rows unchanged."""

from datetime import datetime
from typing import Any

import msgspec

from adapters.postgres.engine.sanitize import storable
from domain.accounts.account import Role
from domain.audit.facts import ChangedField, Facts
from domain.booking.verdict import Verdict
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.connection.revocation import Revocation
from domain.failure_reason import FailureReason
from domain.meeting.link_change import Acknowledgement
from domain.meeting.verification import Difference


class EndingStruct(msgspec.Struct, omit_defaults=True):
    revocation: Revocation
    meetings_left: int = 0


class OrphanStruct(msgspec.Struct, omit_defaults=True):
    number: str
    starts_at: datetime | None = None


class MergeStruct(msgspec.Struct):
    name: str
    sessions: int
    notes: int


class FactsStruct(msgspec.Struct, omit_defaults=True):
    changed: tuple[ChangedField, ...] = ()
    verdict: Verdict | None = None
    differs: tuple[Difference, ...] = ()
    link_changed: bool = False
    failure: FailureReason | None = None
    found: int | None = None
    title_shortened_to: int | None = None
    acknowledgement: Acknowledgement | None = None
    meetings: MeetingsOnDisconnect | None = None
    ending: EndingStruct | None = None
    orphan: OrphanStruct | None = None
    merge: MergeStruct | None = None
    name: str = ""
    roles: tuple[Role, ...] = ()


_stored = msgspec.json.Decoder(FactsStruct)


def from_facts(facts: Facts) -> Any:
    """For the parameter of a statement that takes JSON."""
    struct = msgspec.convert(facts, FactsStruct, from_attributes=True)
    struct.name = storable(struct.name)
    if struct.merge:
        struct.merge.name = storable(struct.merge.name)
    if struct.orphan:
        struct.orphan.number = storable(struct.orphan.number)
    return msgspec.to_builtins(struct)


def to_facts(column: str) -> Facts:
    return msgspec.convert(_stored.decode(column), Facts, from_attributes=True)
