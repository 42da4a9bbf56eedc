"""A booking: who, when, about what, and its desired meeting."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.booking.errors import BookingClosed, ChangedMeanwhile
from domain.booking.verdict import Verdict
from domain.errors import Invalid, ProviderError
from domain.lease import Lease
from domain.meeting.answers import Answer, recorded
from domain.meeting.host import Host
from domain.meeting.meeting import DesiredMeeting, MeetingDetails
from domain.meeting.meeting_state import MeetingState, meeting_state
from domain.meeting.reason import Reason
from domain.meeting.reconciliation import Reconciliation
from domain.meeting.steps import Change, Create, Find, Step, Verify
from domain.rule import Rule
from domain.slot import Slot
from domain.text_rules import line, paragraphs

LONGEST_TITLE = 300
LONGEST_NOTES = 10_000
MOST_CLIENTS = 100
SHORTEST = timedelta(minutes=5)
UNTITLED = "Session"


class BookingStatus(StrEnum):
    PLANNED = "planned"
    CANCELLED = Reason.CANCELLED
    DELETED = Reason.DELETED  # hidden, and kept until the provider holds no meeting for it


@dataclass(frozen=True, slots=True)
class BookingDetails:
    """The booking details that people enter: the whole form. `provider` is the meeting provider of an online
    booking."""

    consultant_id: UUID
    client_ids: tuple[UUID, ...]
    slot: Slot
    title: str
    notes: str
    online: bool
    provider: str | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", line("title", self.title, longest=LONGEST_TITLE))
        object.__setattr__(self, "notes", paragraphs("notes", self.notes, longest=LONGEST_NOTES))
        object.__setattr__(self, "client_ids", tuple(dict.fromkeys(self.client_ids)))
        if not self.client_ids:
            raise Invalid("client_ids", Rule.NO_CLIENT)
        if len(self.client_ids) > MOST_CLIENTS:
            raise Invalid("client_ids", Rule.TOO_MANY_CLIENTS, most=MOST_CLIENTS)
        if self.online and not self.provider:
            raise Invalid("provider", Rule.NO_PROVIDER)
        if not self.online and self.provider:
            raise Invalid("provider", Rule.PROVIDER_IN_PERSON)

    @property
    def desired(self) -> DesiredMeeting | None:
        if not self.provider:
            return None
        return DesiredMeeting(self.provider, self.consultant_id, MeetingDetails(self.title or UNTITLED, self.slot))

    @property
    def requested(self) -> Mapping[str, object]:
        """What a repeated request to book has in common with the first."""
        return {
            "kind": "booking",
            "consultant_id": self.consultant_id,
            "client_ids": self.client_ids,
            "starts_at": self.slot.starts_at,
            "ends_at": self.slot.ends_at,
            "zone": self.slot.zone,
            "title": self.title,
            "notes": self.notes,
            "provider": self.provider,
        }

    def must_last_long_enough(self, before: "BookingDetails | None" = None) -> None:
        """Raises Invalid. A shorter booking from an earlier release may keep its length."""
        kept = before is not None and before.slot.duration == self.slot.duration
        if self.slot.duration < SHORTEST and not kept:
            raise Invalid("ends_at", Rule.SESSION_TOO_SHORT, minutes=SHORTEST // timedelta(minutes=1))

    def must_not_begin_in_the_past(self, now: datetime) -> None:
        if self.online and self.slot.begun(now):
            raise Invalid("starts_at", Rule.ONLINE_IN_THE_PAST)


@dataclass(frozen=True, slots=True)
class Booking:
    """`version` counts edits by people; reconciliation does not change it."""

    organization_id: UUID
    id: UUID
    details: BookingDetails
    status: BookingStatus = BookingStatus.PLANNED
    version: int = 1
    reconciliation: Reconciliation = field(default_factory=Reconciliation)
    lease: Lease | None = None

    @classmethod
    def plan(cls, organization_id: UUID, booking_id: UUID, details: BookingDetails, *, now: datetime) -> "Booking":
        details.must_last_long_enough()
        details.must_not_begin_in_the_past(now)
        return cls(organization_id, booking_id, details)

    @property
    def desired(self) -> DesiredMeeting | None:
        return self.details.desired if self.status is BookingStatus.PLANNED else None

    @property
    def meeting(self) -> MeetingState:
        return meeting_state(self.reconciliation, self.desired)

    @property
    def deleted(self) -> bool:
        return self.status is BookingStatus.DELETED

    @property
    def finished(self) -> bool:
        """Deleted, and no provider holds a meeting for it: the storage may erase it."""
        return self.deleted and not self.reconciliation.pending_removals

    # --- edits ------------------------------------------------------------------------------------------------

    def edit(self, details: BookingDetails, *, expected_version: int | None, now: datetime) -> "Booking":
        self._must_be_open()
        self._must_be_at(expected_version)
        if details == self.details:
            again = self.reconciliation.retried()  # saving without an edit is how people ask for a retry
            return self if again is self.reconciliation else replace(self, reconciliation=again)
        details.must_last_long_enough(self.details)
        moved = details.slot.starts_at != self.details.slot.starts_at
        if moved or self.needs_fresh_link(details):
            details.must_not_begin_in_the_past(now)
        return replace(self, details=details, version=self.version + 1, reconciliation=self._realigned(details))

    def _realigned(self, details: BookingDetails) -> Reconciliation:
        if details.desired is None or self.needs_fresh_link(details):
            return self.reconciliation.released(_why(self.details, details), self._call_ends)
        return self.reconciliation.retried()

    def needs_fresh_link(self, details: BookingDetails) -> bool:
        """Whether these booking details need a meeting that the present one cannot be changed into."""
        if details.desired is None:
            return False
        return self.details.desired is None or (self.details.provider, self.details.consultant_id) != (
            details.provider,
            details.consultant_id,
        )

    def verdict(self, before: "Booking", now: datetime) -> Verdict:
        """What an edit means for the meeting."""
        if self.desired is None:
            removed = Verdict.OUT_OF_REACH if before.out_of_reach else Verdict.REMOVED
            return removed if before.desired else Verdict.NONE
        if before.desired is None:
            return Verdict.NONE if self.details.slot.begun(now) else Verdict.MADE
        if self.needs_fresh_link(before.details):
            return Verdict.MOVED
        if before.leaves_meeting_behind(self.details, now):
            return Verdict.RECREATED
        untouched = self.desired == before.desired or self.details.slot.begun(
            now
        )  # no provider changes a meeting that has begun
        return Verdict.KEPT if untouched else Verdict.CHANGED

    def cancel(self, *, expected_version: int | None) -> "Booking":
        if self.status is BookingStatus.CANCELLED:
            return self
        self._must_be_open()
        self._must_be_at(expected_version)
        return self._closed(BookingStatus.CANCELLED, Reason.CANCELLED)

    def restore(self, *, expected_version: int | None) -> "Booking":
        """Reverts a cancellation. The previous meeting was released, so an online booking gets a new one."""
        if self.status is BookingStatus.PLANNED:
            return self
        if self.deleted:
            raise BookingClosed(status=self.status)
        self._must_be_at(expected_version)
        reconciliation = self.reconciliation.released(Reason.RESTORED, self._call_ends)
        return replace(self, status=BookingStatus.PLANNED, version=self.version + 1, reconciliation=reconciliation)

    def delete(self, *, expected_version: int | None) -> "Booking":
        """Erases the links at once, the rest when no provider holds a meeting for the booking."""
        self._must_be_at(expected_version)
        closed = self._closed(BookingStatus.DELETED, Reason.DELETED)
        return replace(closed, reconciliation=closed.reconciliation.without_links())

    def _closed(self, status: BookingStatus, reason: Reason) -> "Booking":
        reconciliation = self.reconciliation.released(reason, self._call_ends)
        return replace(self, status=status, version=self.version + 1, reconciliation=reconciliation)

    def _must_be_open(self) -> None:
        if self.status is not BookingStatus.PLANNED:
            raise BookingClosed(status=self.status)

    def _must_be_at(self, expected_version: int | None) -> None:
        if expected_version is not None and expected_version != self.version:
            raise ChangedMeanwhile(version=self.version)

    @property
    def _call_ends(self) -> datetime | None:
        return self.lease.until if self.lease else None

    def link_change_acknowledged(self, changed_at: datetime) -> "Booking":
        """A person has passed on the present link, or dismissed the reminder."""
        return replace(self, reconciliation=self.reconciliation.link_change_acknowledged(changed_at))

    # --- clients ----------------------------------------------------------------------------------------------

    def is_coming(self, now: datetime) -> bool:
        return self.status is BookingStatus.PLANNED and self.details.slot.ends_at > now

    def with_client_instead(self, client_id: UUID, *, of: UUID) -> "Booking":
        """For a merge of two clients. Nothing that the provider knows changes."""
        ids = tuple(client_id if one == of else one for one in self.details.client_ids)
        return replace(self, details=replace(self.details, client_ids=ids), version=self.version + 1)

    def without_texts(self) -> "Booking":
        """Erases the texts about a client together with the client's other data."""
        return replace(self, details=replace(self.details, title="", notes=""), version=self.version + 1)

    # --- the connection -----------------------------------------------------------------------------------------

    def resumed(self, host: Host, account: str, *, now: datetime) -> "Booking":
        """The consultant connected again; `account` is the key of the provider's user."""
        return replace(self, reconciliation=self.reconciliation.resumed(self.desired, host, account, now))

    def left(self, host: Host, account: str, email: str, *, now: datetime) -> "Booking":
        """The host ends the connection as this user of the provider."""
        return replace(self, reconciliation=self.reconciliation.left(host, account, email, now))

    def without_account_emails(self, host_id: UUID) -> "Booking":
        return replace(self, reconciliation=self.reconciliation.without_account_emails(host_id))

    @property
    def out_of_reach(self) -> bool:
        """Whether the meeting is in another account than the one that the consultant is connected with."""
        return self.reconciliation.meeting is not None and self.reconciliation.meeting.account.out_of_reach

    def leaves_meeting_behind(self, details: BookingDetails, now: datetime) -> bool:
        """Whether these booking details change a meeting that is out of reach, so that a new one replaces it."""
        changed = details.desired is not None and details.desired != self.details.desired
        return self.out_of_reach and changed and not details.slot.begun(now)

    def marked_stale(self, at: datetime, *, now: datetime) -> "Booking":
        """The provider reports that the meeting was changed at `at`."""
        return replace(self, reconciliation=self.reconciliation.marked_stale(at, now)) if self.desired else self

    def withdrawn(self) -> "Booking":
        """The host disconnects the provider and removes the meeting; the booking stays, without a link."""
        return replace(self, reconciliation=self.reconciliation.released(Reason.DISCONNECTED, self._call_ends))

    def holds_meeting_of(self, host: Host) -> bool:
        meeting = self.reconciliation.meeting
        return meeting is not None and meeting.is_of(host)

    def removal_pending_at(self, host: Host) -> bool:
        """Whether a meeting in this host's account has a pending removal that is not stuck."""
        return any(left.meeting.is_of(host) and not left.stuck for left in self.reconciliation.pending_removals)

    def meetings_left_at(self, host: Host, *, stuck: bool = False) -> int:
        """The number of pending removals in this host's account; with `stuck`, only those that time alone does not
        complete."""
        return sum(
            left.meeting.is_of(host) and (left.stuck or not stuck) for left in self.reconciliation.pending_removals
        )

    def gave_up(self, marker: UUID) -> bool:
        """Whether this booking issued the marker and no known meeting of it carries the marker now."""
        return self.reconciliation.gave_up(marker, self.id)

    @property
    def awaits_meeting(self) -> bool:
        """Whether it has a desired meeting that no provider has confirmed yet."""
        present = self.reconciliation.meeting
        return self.desired is not None and not (present and present.heard)

    def without_links_of(self, host_id: UUID, *, now: datetime) -> "Booking":
        """Keeps the link of a planned booking that is not over: its clients need it."""
        to_come = self.desired is not None and self.details.slot.ends_at > now
        return replace(self, reconciliation=self.reconciliation.without_links(host_id, keep_present=to_come))

    # --- reconciliation --------------------------------------------------------------------------------------------

    def begin(self, lease: Lease, now: datetime) -> tuple["Booking", Step | None]:
        """Begins the next step, or releases the lease when there is none. Another process's live lease is respected."""
        if self.lease and self.lease.token != lease.token and self.lease.holds(now):
            return self, None
        reconciliation = self.reconciliation.swept(self.desired, now)
        step = reconciliation.next_step(self.desired, self.id, now)
        if step is None:
            return replace(self, reconciliation=reconciliation, lease=None), None
        return replace(self, reconciliation=reconciliation.begun(step), lease=lease), step

    def in_account(self, step: Step | None, account: str) -> tuple["Booking", Step | None]:
        """Binds a create that has just begun to the account whose access token it uses, so that find by marker searches
        only that account."""
        if not isinstance(step, Create):
            return self, step
        reconciliation, bound = self.reconciliation.in_account(step, account)
        return replace(self, reconciliation=reconciliation), bound

    def record(
        self, step: Step, answer: Answer | ProviderError, now: datetime, *, by: Lease | None = None
    ) -> "Booking":
        """`by` is the lease under which the call was made. When the lease was lost during a change, a verification or a
        search for a known meeting, the answer is dropped: its order among the calls made since is unknown. The meeting
        then counts as changing until a later call confirms it."""
        late = by is not None and (self.lease is None or self.lease.token != by.token)
        if late and (isinstance(step, Change | Verify) or (isinstance(step, Find) and step.meeting.heard)):
            return self
        return replace(self, reconciliation=recorded(self.reconciliation, step, answer, now))

    def due_at(self, now: datetime) -> datetime | None:
        if self.lease:
            return self.lease.until
        return self.reconciliation.due_at(self.desired, now)


def _why(before: BookingDetails, after: BookingDetails) -> Reason:
    """The reason that the history gives when a new meeting replaces the present one."""
    if not after.online:
        return Reason.SWITCHED_OFFLINE
    if before.provider != after.provider:
        return Reason.SWITCHED_PROVIDER if before.provider else Reason.SWITCHED_ONLINE
    return Reason.MOVED_HOST
