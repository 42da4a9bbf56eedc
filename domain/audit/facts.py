"""What an audit entry records besides who, when and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.accounts.account import Role
from domain.booking.verdict import Verdict
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.connection.revocation import Ending
from domain.failure_reason import FailureReason
from domain.meeting.link_change import Acknowledgement
from domain.meeting.verification import Difference


class ChangedField(StrEnum):
    """A field of a booking, a client or a practice, as the API names it."""

    CONSULTANT_ID = "consultant_id"
    CLIENT_IDS = "client_ids"
    STARTS_AT = "starts_at"
    ENDS_AT = "ends_at"
    ZONE = "zone"
    TITLE = "title"
    NOTES = "notes"
    ONLINE = "online"
    PROVIDER = "provider"
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    LANGUAGE = "language"
    IDLE_MINUTES = "idle_minutes"


@dataclass(frozen=True, slots=True)
class Merge:
    """The client whose record was merged into another one, and how many sessions and notes went with it."""

    name: str
    sessions: int
    notes: int


@dataclass(frozen=True, slots=True)
class RemovedOrphan:
    """`number` is the provider's id of the meeting, `starts_at` its time, None when the provider lists none."""

    number: str
    starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Never contains a link, token or passcode.

    `verdict` is what an edit meant for the meeting; `differs` and `link_changed` what the host changed at the provider;
    `failure` why a call did not succeed; `found` the number of meetings that a search found; `title_shortened_to` the
    provider's limit in characters; `name` that of a person or of the practice, or the issuer of an identity provider;
    `ending` how an authorization ended; `meetings` the choice for them.
    """

    changed: tuple[ChangedField, ...] = ()
    verdict: Verdict | None = None
    differs: tuple[Difference, ...] = ()
    link_changed: bool = False
    failure: FailureReason | None = None
    found: int | None = None
    title_shortened_to: int | None = None
    acknowledgement: Acknowledgement | None = None
    meetings: MeetingsOnDisconnect | None = None
    ending: Ending | None = None
    orphan: RemovedOrphan | None = None
    merge: Merge | None = None
    name: str = ""
    roles: tuple[Role, ...] = ()


def changed_fields(names: list[str] | tuple[str, ...]) -> tuple[ChangedField, ...]:
    return tuple(map(ChangedField, names))
