"""What a provider holds for a booking, and what a booking wants it to hold."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.errors import ProviderError
from domain.meeting.absence import Absence, AbsenceStage, reported
from domain.meeting.meeting_account import OTHER_ACCOUNT, MeetingAccount
from domain.meeting.verification import Difference, NextVerification, Verification
from domain.provider_errors import NeedsConsultant
from domain.slot import Slot


@dataclass(frozen=True, slots=True)
class MeetingDetails:
    """All that a provider is told. No client's name, no notes: those stay in the practice."""

    topic: str
    slot: Slot


@dataclass(frozen=True, slots=True)
class DesiredMeeting:
    """The meeting that a booking wants to exist."""

    provider: str
    host_id: UUID
    details: MeetingDetails


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A provider's own answer about one meeting. `id` is the provider's, as text."""

    id: str
    join_link: str


@dataclass(frozen=True, slots=True)
class ObservedMeeting:
    """A meeting as the provider shows it now, and in what that differs from what was asked about."""

    held: HeldMeeting
    differs: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting that we asked a provider for.

    `marker` is ours and travels in the meeting, so that a lost one can be found again. `id` and `join_link`
    are None from the moment of asking until the answer is heard. `details` is what was last confirmed; while
    `changing`, a change was asked for whose answer is not known, so the provider may hold something else. `absence`
    is set while the provider's word that it does not exist is being verified; the link stays meanwhile.
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
        """By our marker; doubles share it, so a provider's id on both sides has to agree as well."""
        return self.marker == other.marker and (self.id is None or other.id is None or self.id == other.id)

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

    # --- its life at the provider ----------------------------------------------------------------------------

    @property
    def next_verification(self) -> NextVerification | None:
        if self.account.out_of_reach:
            return None
        return self.verification.next_verification(self.marker, self.details.slot.starts_at)

    def due_at(self, now: datetime) -> datetime | None:
        """Of one that is as it is wanted: when it is looked at, or when its session begins and the waiting ends."""
        if self.details.slot.begun(now):
            return now if self.verification.waits_for_consultant else None
        if self.verification.waits_for_consultant:
            return self.details.slot.starts_at
        return self.next_verification.at if self.next_verification else None

    def marked_stale(self, at: datetime, now: datetime) -> "Meeting":
        """One that is being made or changed is heard of soon anyway; once its session has begun nobody looks."""
        known = self.heard and not self.changing and self.absence is None and not self.account.out_of_reach
        if not known or self.details.slot.begun(now):
            return self
        return replace(self, verification=self.verification.marked_stale(at, now))

    def verified(self, observed: ObservedMeeting, asked: "Meeting", now: datetime) -> "Meeting":
        """The link as it is now, unless it was erased here."""
        link = observed.held.join_link if self.join_link else None
        verification = self.verification.verified(observed.differs, asked.verification, now)
        return replace(self, join_link=link, verification=verification, absence=self._refuted(now))

    def verification_failed(self, error: ProviderError, now: datetime) -> "Meeting":
        return replace(self, verification=self.verification.verification_failed(error, now, self.marker))

    def without_failure(self) -> "Meeting":
        return replace(self, verification=self.verification.without_failure())

    # --- the provider's word that it does not exist -----------------------------------------------------------

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
        """The search by marker found it, perhaps under another number."""
        link = held.join_link if self.join_link else None
        verification = Verification(verified_at=now, differs=self.verification.differs)
        return replace(self, id=held.id, join_link=link, verification=verification, absence=self._refuted(now))

    def _refuted(self, now: datetime) -> Absence | None:
        """Remembered only while a change is to be repeated: whoever answers wrongly for long is asked ever less."""
        return self.absence.refuted(now) if self.absence and self.changing else None

    def present(self) -> "Meeting":
        return replace(self, absence=None)

    # --- whose account it lies in ------------------------------------------------------------------------------

    def must_be_within_reach_of(self, account: str) -> None:
        """Another user's access would find nothing, which says nothing about the meeting."""
        if self.account.is_other_than(account):
            raise NeedsConsultant(reason=OTHER_ACCOUNT)

    def reached_as(self, account: str) -> "Meeting":
        return replace(self, account=self.account.reached_as(account))

    def lost_sight_of(self) -> "Meeting":
        """The consultant is connected as another user: nothing can be asked about it, and it stays as it is."""
        unasked = replace(self, absence=None, verification=self.verification.without_failure())
        return replace(unasked, account=replace(self.account, out_of_reach=True))

    def connected_as(self, account: str, now: datetime) -> "Meeting":
        """The consultant connected as this user. What could not be seen for a while is looked at."""
        if self.account.is_other_than(account):
            return self.lost_sight_of()
        back = replace(
            self, account=self.account.connected_as(account), verification=self.verification.without_failure()
        )
        return back.marked_stale(now, now) if self.account.out_of_reach and not back.account.out_of_reach else back
