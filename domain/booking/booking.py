"""A session in the calendar: who, when, about what, and the meeting it wants."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.errors import BookingClosed, ChangedMeanwhile, Invalid, ProviderError
from domain.lease import Lease
from domain.meeting.answers import Answer, recorded
from domain.meeting.host import Host
from domain.meeting.meeting import DesiredMeeting, MeetingDetails
from domain.meeting.meeting_state import MeetingState, meeting_state
from domain.meeting.reconciliation import Reconciliation
from domain.meeting.steps import Change, Create, Find, Step, Verify
from domain.slot import Slot
from domain.text_rules import line, paragraphs

LONGEST_TITLE = 300
LONGEST_NOTES = 10_000
MOST_CLIENTS = 100
UNTITLED = "Session"


class BookingStatus(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"
    DELETED = "deleted"  # kept unseen until the provider holds nothing of it any more


@dataclass(frozen=True, slots=True)
class BookingDetails:
    """What people decide about a session: the whole form. `provider` names who makes the meeting of an
    online session."""

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
            raise Invalid("client_ids", "A session has at least one client.", "Add a client.")
        if len(self.client_ids) > MOST_CLIENTS:
            raise Invalid("client_ids", f"A session has at most {MOST_CLIENTS} clients.", "Remove some.")
        if self.online and not self.provider:
            raise Invalid(
                "provider", "An online session needs a meeting provider.", "Choose one, or switch online off."
            )
        if not self.online and self.provider:
            raise Invalid("provider", "Only an online session has a provider.", "Switch online on, or clear it.")

    @property
    def desired(self) -> DesiredMeeting | None:
        if not self.provider:
            return None
        return DesiredMeeting(self.provider, self.consultant_id, MeetingDetails(self.title or UNTITLED, self.slot))

    def must_not_begin_in_the_past(self, now: datetime) -> None:
        if self.online and self.slot.begun(now):
            raise Invalid(
                "starts_at",
                "An online session cannot start in the past.",
                "Choose a later start, or switch online off.",
            )


@dataclass(frozen=True, slots=True)
class Booking:
    """`version` counts what people changed; the reconciliation of the meeting does not touch it."""

    organization_id: UUID
    id: UUID
    details: BookingDetails
    status: BookingStatus = BookingStatus.PLANNED
    version: int = 1
    reconciliation: Reconciliation = field(default_factory=Reconciliation)
    lease: Lease | None = None

    @classmethod
    def plan(cls, organization_id: UUID, booking_id: UUID, details: BookingDetails, *, now: datetime) -> "Booking":
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
        """Deleted, and no provider holds anything of it: nothing needs to be kept."""
        return self.deleted and not self.reconciliation.pending_removals

    # --- what people do --------------------------------------------------------------------------------------

    def edit(self, details: BookingDetails, *, expected_version: int | None, now: datetime) -> "Booking":
        self._must_be_open()
        self._must_be_at(expected_version)
        if details == self.details:
            again = self.reconciliation.retried()  # saving once more is how people ask for another try
            return self if again is self.reconciliation else replace(self, reconciliation=again)
        moved = details.slot.starts_at != self.details.slot.starts_at
        if moved or self.needs_fresh_link(details):
            details.must_not_begin_in_the_past(now)
        return replace(self, details=details, version=self.version + 1, reconciliation=self._realigned(details))

    def _realigned(self, details: BookingDetails) -> Reconciliation:
        if details.desired is None or self.needs_fresh_link(details):
            return self.reconciliation.released(_why(self.details, details), self._call_ends)
        return self.reconciliation.retried()

    def needs_fresh_link(self, details: BookingDetails) -> bool:
        """Whether these terms need a meeting that the present one cannot become."""
        if details.desired is None:
            return False
        return self.details.desired is None or (self.details.provider, self.details.consultant_id) != (
            details.provider,
            details.consultant_id,
        )

    def verdict(self, before: "Booking", now: datetime) -> str:
        """What a change means for the meeting: none, made, kept, changed, moved, recreated, removed, out_of_reach."""
        if self.desired is None:
            removed = "out_of_reach" if before.out_of_reach else "removed"
            return removed if before.desired else "none"
        if before.desired is None:
            return "none" if self.details.slot.begun(now) else "made"
        if self.needs_fresh_link(before.details):
            return "moved"
        if before.leaves_meeting_behind(self.details, now):
            return "recreated"
        untouched = self.desired == before.desired or self.details.slot.begun(
            now
        )  # no provider changes a begun meeting
        return "kept" if untouched else "changed"

    def cancel(self, *, expected_version: int | None) -> "Booking":
        if self.status is BookingStatus.CANCELLED:
            return self
        self._must_be_open()
        self._must_be_at(expected_version)
        return self._closed(BookingStatus.CANCELLED, "cancelled")

    def restore(self, *, expected_version: int | None) -> "Booking":
        """Takes a cancellation back. The meeting of before was given up, so an online session gets a new one."""
        if self.status is BookingStatus.PLANNED:
            return self
        if self.deleted:
            raise BookingClosed(status=self.status.value)
        self._must_be_at(expected_version)
        reconciliation = self.reconciliation.released("restored", self._call_ends)
        return replace(self, status=BookingStatus.PLANNED, version=self.version + 1, reconciliation=reconciliation)

    def delete(self, *, expected_version: int | None) -> "Booking":
        """The link is forgotten at once; the rest when the provider holds nothing any more."""
        self._must_be_at(expected_version)
        closed = self._closed(BookingStatus.DELETED, "deleted")
        return replace(closed, reconciliation=closed.reconciliation.without_links())

    def _closed(self, status: BookingStatus, reason: str) -> "Booking":
        reconciliation = self.reconciliation.released(reason, self._call_ends)
        return replace(self, status=status, version=self.version + 1, reconciliation=reconciliation)

    def _must_be_open(self) -> None:
        if self.status is not BookingStatus.PLANNED:
            raise BookingClosed(status=self.status.value)

    def _must_be_at(self, expected_version: int | None) -> None:
        if expected_version is not None and expected_version != self.version:
            raise ChangedMeanwhile(version=self.version)

    @property
    def _call_ends(self) -> datetime | None:
        return self.lease.until if self.lease else None

    def link_change_acknowledged(self, changed_at: datetime) -> "Booking":
        """A person has passed the present link on, or needs no reminder of it."""
        return replace(self, reconciliation=self.reconciliation.link_change_acknowledged(changed_at))

    # --- what becomes of a client ------------------------------------------------------------------------------

    def is_coming(self, now: datetime) -> bool:
        return self.status is BookingStatus.PLANNED and self.details.slot.ends_at > now

    def with_client_instead(self, client_id: UUID, *, of: UUID) -> "Booking":
        """The two were one person. Nothing that the provider knows changes."""
        ids = tuple(client_id if one == of else one for one in self.details.client_ids)
        return replace(self, details=replace(self.details, client_ids=ids), version=self.version + 1)

    def without_texts(self) -> "Booking":
        """What was written about the client is destroyed with the rest of their data."""
        return replace(self, details=replace(self.details, title="", notes=""), version=self.version + 1)

    # --- what the connection's life means --------------------------------------------------------------------

    def resumed(self, provider: str, host_id: UUID, account: str, *, now: datetime) -> "Booking":
        """The consultant connected again; `account` is the key of the provider's user."""
        return replace(self, reconciliation=self.reconciliation.resumed(self.desired, provider, host_id, account, now))

    def left(self, host: Host, account: str, email: str, *, now: datetime) -> "Booking":
        """The host ends the connection as this user of the provider."""
        reconciliation = self.reconciliation.left(host.provider, host.consultant_id, account, email, now)
        return replace(self, reconciliation=reconciliation)

    def without_account_emails(self, host_id: UUID) -> "Booking":
        return replace(self, reconciliation=self.reconciliation.without_account_emails(host_id))

    @property
    def out_of_reach(self) -> bool:
        """Its meeting lies in another account than the one that its consultant is connected with."""
        return self.reconciliation.meeting is not None and self.reconciliation.meeting.account.out_of_reach

    def leaves_meeting_behind(self, details: BookingDetails, now: datetime) -> bool:
        """Whether these terms change a meeting that cannot be changed any more: another one is made."""
        changed = details.desired is not None and details.desired != self.details.desired
        return self.out_of_reach and changed and not details.slot.begun(now)

    def marked_stale(self, at: datetime, *, now: datetime) -> "Booking":
        """The provider says that somebody changed the meeting then."""
        return replace(self, reconciliation=self.reconciliation.marked_stale(at, now)) if self.desired else self

    def withdrawn(self, reason: str) -> "Booking":
        """The host leaves the provider and wants the meeting gone; the session stays, without a link."""
        return replace(self, reconciliation=self.reconciliation.released(reason, self._call_ends))

    def holds_meeting_of(self, host: Host) -> bool:
        meeting = self.reconciliation.meeting
        return meeting is not None and (meeting.provider, meeting.host_id) == (host.provider, host.consultant_id)

    def removal_pending_at(self, host: Host) -> bool:
        """Whether a meeting in this host's account is on its way out and time alone will do it."""
        return any(
            (left.meeting.provider, left.meeting.host_id) == (host.provider, host.consultant_id) and not left.stuck
            for left in self.reconciliation.pending_removals
        )

    def meetings_left_at(self, host: Host, *, stuck: bool = False) -> int:
        """How many meetings in this host's account are to be removed and are still there; or only those that time
        alone will not remove."""
        return sum(
            (left.meeting.provider, left.meeting.host_id) == (host.provider, host.consultant_id)
            and (left.stuck or not stuck)
            for left in self.reconciliation.pending_removals
        )

    def gave_up(self, marker: UUID) -> bool:
        """Whether a meeting with this marker was ours once, and is none of those that we hold or know of."""
        return self.reconciliation.gave_up(marker, self.id)

    @property
    def awaits_meeting(self) -> bool:
        """It wants one and has not heard of any yet."""
        present = self.reconciliation.meeting
        return self.desired is not None and not (present and present.heard)

    def without_links_of(self, host_id: UUID, *, now: datetime) -> "Booking":
        """The link of a session that is still to come stays: clients need it."""
        to_come = self.desired is not None and self.details.slot.ends_at > now
        return replace(self, reconciliation=self.reconciliation.without_links(host_id, keep_present=to_come))

    # --- reconciliation --------------------------------------------------------------------------------------------

    def begin(self, lease: Lease, now: datetime) -> tuple["Booking", Step | None]:
        """Takes the next step, or lets the booking go when there is none. Another one's live lease is respected."""
        if self.lease and self.lease.token != lease.token and self.lease.holds(now):
            return self, None
        reconciliation = self.reconciliation.swept(self.desired, now)
        step = reconciliation.next_step(self.desired, self.id, now)
        if step is None:
            return replace(self, reconciliation=reconciliation, lease=None), None
        return replace(self, reconciliation=reconciliation.begun(step), lease=lease), step

    def in_account(self, step: Step | None, account: str) -> tuple["Booking", Step | None]:
        """Whose access a create that was just begun will use, so that its meeting is looked for there and nowhere
        else."""
        if not isinstance(step, Create):
            return self, step
        reconciliation, bound = self.reconciliation.in_account(step, account)
        return replace(self, reconciliation=reconciliation), bound

    def record(
        self, step: Step, answer: Answer | ProviderError, now: datetime, *, by: Lease | None = None
    ) -> "Booking":
        """`by` is the lease under which the call was made. Who lost it while changing a meeting, or looking at it,
        cannot tell whether that came before or after what others did to it since; a meeting counts as changing until
        one is sure."""
        late = by is not None and (self.lease is None or self.lease.token != by.token)
        if late and (isinstance(step, Change | Verify) or (isinstance(step, Find) and step.meeting.heard)):
            return self
        return replace(self, reconciliation=recorded(self.reconciliation, step, answer, now))

    def due_at(self, now: datetime) -> datetime | None:
        if self.lease:
            return self.lease.until
        return self.reconciliation.due_at(self.desired, now)


def _why(before: BookingDetails, after: BookingDetails) -> str:
    """The reason that the history gives when a meeting is given up for a new one."""
    if not after.online:
        return "switched_offline"
    if before.provider != after.provider:
        return "switched_provider" if before.provider else "switched_online"
    return "moved_host"
