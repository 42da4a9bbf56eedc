"""The desired meeting of a booking, and the meeting that a provider holds for it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.meeting.absence import Absence, AbsenceStage, reported
from domain.meeting.host import Host
from domain.meeting.meeting_account import MeetingAccount
from domain.meeting.verification import Difference, NextVerification, Verification
from domain.provider_errors import NeedsConsultant
from domain.slot import Slot


@dataclass(frozen=True, slots=True)
class MeetingDetails:
    """All data that a provider receives. Clients' names and notes stay in the practice."""

    topic: str
    slot: Slot


@dataclass(frozen=True, slots=True)
class DesiredMeeting:
    """The meeting that should exist for a booking."""

    provider: str
    host_id: UUID
    details: MeetingDetails

    def is_of(self, host: Host) -> bool:
        return (self.provider, self.host_id) == (host.provider, host.consultant_id)


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A provider's answer about one meeting. `id` is the provider's, as text."""

    id: str
    join_link: str


@dataclass(frozen=True, slots=True)
class ObservedMeeting:
    """A meeting as the provider shows it now, and how it differs from the confirmed details."""

    held: HeldMeeting
    differs: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting that a provider was asked to create.

    `marker` travels in the meeting, so that find by marker can recover it. `id` and `join_link` are None until the
    provider answers. `details` are the last confirmed ones; `changing` is set while the answer to a change is not
    known, so the provider may hold other details. `absence` is set while a report that the meeting does not exist is
    being verified; the link stays meanwhile.
    """

    marker: UUID
    provider: str
    host_id: UUID
    details: MeetingDetails
    id: str | None = None
    join_link: str | None = None
    changing: bool = False
    verification: Verification = field(default_factory=Verification)
    absence: Absence | None = None
    account: MeetingAccount = field(default_factory=MeetingAccount)

    @property
    def heard(self) -> bool:
        return self.id is not None

    def same_as(self, other: "Meeting") -> bool:
        """Compares markers and, since doubles share one, the provider's ids when both are known."""
        return self.marker == other.marker and (self.id is None or other.id is None or self.id == other.id)

    def is_of(self, host: Host) -> bool:
        return (self.provider, self.host_id) == (host.provider, host.consultant_id)

    def host_in(self, organization_id: UUID) -> Host:
        return Host(organization_id, self.host_id, self.provider)

    def serves(self, desired: DesiredMeeting) -> bool:
        return (self.provider, self.host_id) == (desired.provider, desired.host_id)

    def starts_with(self, desired: DesiredMeeting) -> bool:
        return self.details.slot.starts_at == desired.details.slot.starts_at

    def agrees_with(self, desired: DesiredMeeting) -> bool:
        sure = self.heard and not self.changing and self.absence is None
        return sure and self.serves(desired) and self.details == desired.details

    def confirmed(self, held: HeldMeeting, details: MeetingDetails, now: datetime) -> "Meeting":
        verification = Verification(verified_at=now)
        return replace(
            self,
            id=held.id,
            join_link=held.join_link,
            details=details,
            changing=False,
            verification=verification,
            absence=None,
        )

    def without_link(self) -> "Meeting":
        return replace(self, join_link=None)

    # --- verification ------------------------------------------------------------------------------------------

    @property
    def next_verification(self) -> NextVerification | None:
        if self.account.out_of_reach:
            return None
        return self.verification.next_verification(self.marker, self.details.slot.starts_at)

    def due_at(self, now: datetime) -> datetime | None:
        """For a meeting that agrees with the desired one: the next verification, or the start of the booking, which
        ends the wait for the consultant."""
        if self.details.slot.begun(now):
            return now if self.verification.waits_for_consultant else None
        if self.verification.waits_for_consultant:
            return self.details.slot.starts_at
        return self.next_verification.at if self.next_verification else None

    def marked_stale(self, at: datetime, now: datetime) -> "Meeting":
        """Does nothing while a create, a change or an absence is pending, which brings an answer anyway, for a meeting
        out of reach, and once the booking has begun."""
        known = self.heard and not self.changing and self.absence is None and not self.account.out_of_reach
        if not known or self.details.slot.begun(now):
            return self
        return replace(self, verification=self.verification.marked_stale(at, now))

    def verified(self, observed: ObservedMeeting, asked: "Meeting", now: datetime) -> "Meeting":
        """Takes the present link over, unless the link was erased here."""
        link = observed.held.join_link if self.join_link else None
        verification = self.verification.verified(observed.differs, asked.verification, now)
        return replace(self, join_link=link, verification=verification, absence=self._refuted(now))

    def verification_failed(self, error: ProviderError, now: datetime) -> "Meeting":
        return replace(self, verification=self.verification.verification_failed(error, now, self.marker))

    def without_failure(self) -> "Meeting":
        return replace(self, verification=self.verification.without_failure())

    # --- absence -----------------------------------------------------------------------------------------------

    def missed(self, now: datetime) -> "Meeting":
        """The provider answered that it holds no such meeting."""
        return replace(self, absence=reported(self.absence, now))

    @property
    def to_be_searched(self) -> bool:
        return self.absence is not None and self.absence.to_be_searched

    @property
    def to_be_verified(self) -> bool:
        return self.absence is not None and self.absence.stage is AbsenceStage.REPORTED

    def found(self, held: HeldMeeting, now: datetime) -> "Meeting":
        """Find by marker found the meeting, perhaps under another id."""
        link = held.join_link if self.join_link else None
        verification = Verification(verified_at=now, differs=self.verification.differs)
        return replace(self, id=held.id, join_link=link, verification=verification, absence=self._refuted(now))

    def _refuted(self, now: datetime) -> Absence | None:
        """Keeps the refuted absence only while a change is to be repeated, so that the pauses grow as the provider goes
        on contradicting itself."""
        return self.absence.refuted(now) if self.absence and self.changing else None

    def present(self) -> "Meeting":
        return replace(self, absence=None)

    # --- the account that holds the meeting --------------------------------------------------------------------

    def must_be_within_reach_of(self, account: str) -> None:
        """Raises NeedsConsultant when `account` is another user, whose access token cannot find the meeting."""
        if self.account.is_other_than(account):
            raise NeedsConsultant(reason=FailureReason.OTHER_ACCOUNT)

    def reached_as(self, account: str) -> "Meeting":
        return replace(self, account=self.account.reached_as(account))

    def lost_sight_of(self) -> "Meeting":
        """The consultant is connected as another user, so no call reaches the meeting, and it stays as it is."""
        unasked = replace(self, absence=None, verification=self.verification.without_failure())
        return replace(unasked, account=replace(self.account, out_of_reach=True))

    def connected_as(self, account: str, now: datetime) -> "Meeting":
        """The consultant connected as this user. A meeting that comes back within reach becomes stale."""
        if self.account.is_other_than(account):
            return self.lost_sight_of()
        back = replace(
            self, account=self.account.connected_as(account), verification=self.verification.without_failure()
        )
        return back.marked_stale(now, now) if self.account.out_of_reach and not back.account.out_of_reach else back
