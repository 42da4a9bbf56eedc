"""A reconciliation as its JSON column stores it. A rename in the domain leaves stored rows unchanged."""

from datetime import datetime
from typing import Self
from uuid import UUID

import msgspec

from adapters.postgres.engine.sanitize import storable
from domain.failure_reason import FailureReason
from domain.meeting.absence import Absence, AbsenceStage
from domain.meeting.link_change import LinkChange, LinkChangeReason
from domain.meeting.meeting import Meeting, MeetingDetails
from domain.meeting.meeting_account import MeetingAccount
from domain.meeting.pending_removal import PendingRemoval
from domain.meeting.reason import Reason
from domain.meeting.reconciliation import Reconciliation
from domain.meeting.sync_failure import FailureKind, SyncFailure
from domain.meeting.verification import Difference, Verification
from domain.slot import Slot


class SyncFailureStruct(msgspec.Struct, omit_defaults=True):
    kind: FailureKind
    reason: FailureReason
    attempts: int
    until: datetime | None = None
    detail: str = ""

    @classmethod
    def of(cls, it: SyncFailure) -> Self:
        return cls(it.kind, it.reason, it.attempts, it.until, storable(it.detail))

    def sync_failure(self) -> SyncFailure:
        return SyncFailure(self.kind, self.reason, self.attempts, self.until, self.detail)


class VerificationStruct(msgspec.Struct, omit_defaults=True):
    verified_at: datetime | None = None
    stale_at: datetime | None = None
    differs: tuple[Difference, ...] = ()
    sync_failure: SyncFailureStruct | None = None

    @classmethod
    def of(cls, it: Verification) -> Self:
        sync_failure = SyncFailureStruct.of(it.sync_failure) if it.sync_failure else None
        return cls(it.verified_at, it.stale_at, it.differs, sync_failure)

    def verification(self) -> Verification:
        sync_failure = self.sync_failure.sync_failure() if self.sync_failure else None
        return Verification(self.verified_at, self.stale_at, self.differs, sync_failure)


class AbsenceStruct(msgspec.Struct, omit_defaults=True):
    stage: AbsenceStage
    ask_at: datetime
    reports: int = 1

    @classmethod
    def of(cls, it: Absence) -> Self:
        return cls(it.stage, it.ask_at, it.reports)

    def absence(self) -> Absence:
        return Absence(self.stage, self.ask_at, self.reports)


class AccountStruct(msgspec.Struct, omit_defaults=True):
    key: str = ""
    email: str = ""
    out_of_reach: bool = False

    @classmethod
    def of(cls, it: MeetingAccount) -> Self:
        return cls(it.key, storable(it.email), it.out_of_reach)

    def account(self) -> MeetingAccount:
        return MeetingAccount(self.key, self.email, self.out_of_reach)


class MeetingStruct(msgspec.Struct, omit_defaults=True):
    marker: UUID
    provider: str
    host_id: UUID
    topic: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    id: str | None = None
    join_link: str | None = None
    changing: bool = False
    verification: VerificationStruct | None = None
    absence: AbsenceStruct | None = None
    account: AccountStruct | None = None

    @classmethod
    def of(cls, it: Meeting) -> Self:
        slot, verification = (
            it.details.slot,
            VerificationStruct.of(it.verification) if it.verification != Verification() else None,
        )
        account = AccountStruct.of(it.account) if it.account != MeetingAccount() else None
        return cls(
            it.marker, it.provider, it.host_id, it.details.topic, slot.starts_at, slot.ends_at, slot.zone, it.id,
            it.join_link, it.changing, verification, AbsenceStruct.of(it.absence) if it.absence else None, account,
        )  # fmt: skip

    def meeting(self) -> Meeting:
        details = MeetingDetails(self.topic, Slot(self.starts_at, self.ends_at, self.zone))
        return Meeting(
            self.marker, self.provider, self.host_id, details, self.id, self.join_link, self.changing,
            self.verification.verification() if self.verification else Verification(),
            self.absence.absence() if self.absence else None,
            self.account.account() if self.account else MeetingAccount(),
        )  # fmt: skip


class PendingRemovalStruct(msgspec.Struct, omit_defaults=True):
    meeting: MeetingStruct
    reason: Reason
    not_before: datetime | None = None
    sync_failure: SyncFailureStruct | None = None

    @classmethod
    def of(cls, it: PendingRemoval) -> Self:
        sync_failure = SyncFailureStruct.of(it.sync_failure) if it.sync_failure else None
        return cls(MeetingStruct.of(it.meeting), it.reason, it.not_before, sync_failure)

    def pending_removal(self) -> PendingRemoval:
        sync_failure = self.sync_failure.sync_failure() if self.sync_failure else None
        return PendingRemoval(self.meeting.meeting(), self.reason, self.not_before, sync_failure)


class LinkChangeStruct(msgspec.Struct, omit_defaults=True):
    reason: LinkChangeReason
    at: datetime | None = None

    @classmethod
    def of(cls, it: LinkChange) -> Self:
        return cls(it.reason, it.at)

    def link_change(self) -> LinkChange:
        return LinkChange(self.reason, self.at)


class ReconciliationStruct(msgspec.Struct, omit_defaults=True):
    reason: Reason
    markers: int
    meeting: MeetingStruct | None = None
    pending_removals: tuple[PendingRemovalStruct, ...] = ()
    sync_failure: SyncFailureStruct | None = None
    link_change: LinkChangeStruct | None = None

    @classmethod
    def of(cls, it: Reconciliation) -> Self:
        meeting = MeetingStruct.of(it.meeting) if it.meeting else None
        sync_failure = SyncFailureStruct.of(it.sync_failure) if it.sync_failure else None
        change = LinkChangeStruct.of(it.link_change) if it.link_change else None
        return cls(
            it.reason,
            it.markers,
            meeting,
            tuple(map(PendingRemovalStruct.of, it.pending_removals)),
            sync_failure,
            change,
        )

    def reconciliation(self) -> Reconciliation:
        return Reconciliation(
            meeting=self.meeting.meeting() if self.meeting else None,
            pending_removals=tuple(left.pending_removal() for left in self.pending_removals),
            sync_failure=self.sync_failure.sync_failure() if self.sync_failure else None,
            reason=self.reason,
            markers=self.markers,
            link_change=self.link_change.link_change() if self.link_change else None,
        )
