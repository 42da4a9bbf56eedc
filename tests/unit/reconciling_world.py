"""One booking, the processes that reconcile it, and a provider: the use cases, one observable moment at a time."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from adapters.in_memory.provider.fault import Fault
from domain.booking.booking import Booking, BookingDetails, BookingStatus
from domain.errors import Invalid, ProviderError
from domain.failure_reason import FailureReason
from domain.lease import Lease
from domain.meeting.answers import Answer
from domain.meeting.host import Host
from domain.meeting.meeting import HeldMeeting
from domain.meeting.reason import Reason
from domain.meeting.steps import Create, Remove, Step
from domain.provider_errors import NeedsConsultant, TryLater
from tests.builders import ANA, BOR, LEASE, NOW, OTHER_PROVIDER, PRACTICE, PROVIDER, booking, lease
from tests.unit.pretended_provider import Kept, PretendedProvider

HOPELESS_AFTER = timedelta(days=1)
PENDING = object()
HOSTS = [Host(PRACTICE, who, provider) for provider in (PROVIDER, OTHER_PROVIDER) for who in (ANA, BOR)]


@dataclass
class Reconciler:
    """A process that began a step. `answer` is PENDING until it calls the provider."""

    step: Step
    lease: Lease
    answer: object = PENDING


@dataclass
class ReconcilingWorld:
    now: datetime = NOW
    booking: Booking | None = None
    provider: PretendedProvider = field(default_factory=lambda: PretendedProvider(set(HOSTS)))
    reconcilers: list[Reconciler] = field(default_factory=list)
    vanished: set[str] = field(default_factory=set)
    renamed: set[str] = field(default_factory=set)

    @property
    def open(self) -> bool:
        return self.booking is not None and self.booking.status is BookingStatus.PLANNED

    # --- people ------------------------------------------------------------------------------------------------

    def plan(self, details: BookingDetails) -> None:
        self._reconcile_inline(booking(details))

    def edit(self, details: BookingDetails) -> bool:
        """A person saves a form; False when the booking refuses it."""
        assert self.booking
        try:
            edited = self.booking.edit(details, expected_version=None, now=self.now)
        except Invalid:
            return False
        self._reconcile_inline(edited)
        return True

    def cancel(self) -> None:
        assert self.booking
        self._reconcile_inline(self.booking.cancel(expected_version=None))

    def delete(self) -> None:
        assert self.booking
        self._reconcile_inline(self.booking.delete(expected_version=None))

    def connect(self, host: Host) -> None:
        self.provider.connected.add(host)
        if self.booking:
            self._save(self.booking.resumed(host, "", now=self.now))

    def disconnect(self, host: Host, *, withdrawing: bool) -> None:
        """With `withdrawing` the meetings should be removed first, but the authorization ends before that."""
        self.provider.connected.discard(host)
        if withdrawing and self.booking and self.booking.holds_meeting_of(host):
            self._save(self.booking.withdrawn())

    def vanish(self, meeting_id: str) -> None:
        """The host removes the meeting at the provider, by hand."""
        self.vanished.add(meeting_id)
        del self.provider.meetings[meeting_id]

    def rename(self, meeting_id: str) -> None:
        """The host renames the meeting at the provider, by hand."""
        kept = self.provider.meetings[meeting_id]
        by_hand = replace(kept.details, topic="Renamed by hand")
        self.provider.meetings[meeting_id] = replace(kept, details=by_hand)
        self.renamed.add(meeting_id)

    def hear(self) -> None:
        """A webhook event says that the meeting was changed just now."""
        if self.booking:
            self._save(self.booking.marked_stale(self.now, now=self.now))

    # --- processes ---------------------------------------------------------------------------------------------

    def work(self) -> bool:
        """The worker leases the booking when it is due, and begins its step."""
        due_at = self.booking.due_at(self.now) if self.booking else None
        if due_at is None or due_at > self.now:
            return False
        self._reconcile_inline(self.booking)
        return True

    def call(self, reconciler: Reconciler, fault: Fault | None) -> None:
        if self.now + LEASE / 2 > reconciler.lease.until:
            reconciler.answer = TryLater(reason=FailureReason.PROVIDER_DOWN)
        else:
            reconciler.answer = self.provider.call(reconciler.step, fault, self.now)

    def record(self, reconciler: Reconciler) -> None:
        """The process records the answer, however late, and continues with the next step."""
        self.reconcilers.remove(reconciler)
        step, answer = reconciler.step, self._not_mended_since(reconciler)
        if self.booking is None:
            if isinstance(step, Create) and isinstance(answer, HeldMeeting):
                lost = step.meeting.confirmed(answer, step.meeting.details, self.now)
                self.reconcilers.append(Reconciler(Remove(lost, Reason.UNWANTED), self._renewed(reconciler.lease)))
            return
        recorded = self.booking.record(step, answer, self.now, by=reconciler.lease)
        self._begin(recorded, self._renewed(reconciler.lease))

    def finish(self, reconciler: Reconciler) -> None:
        if reconciler.answer is PENDING:
            self.call(reconciler, None)
        self.record(reconciler)

    # --- observing ---------------------------------------------------------------------------------------------

    def alive(self) -> dict[str, Kept]:
        """The meetings that the provider still holds and that people could still join."""
        return {
            one: kept
            for one, kept in self.provider.meetings.items()
            if kept.details.slot.ends_at + HOPELESS_AFTER > self.now
        }

    def _reconcile_inline(self, one: Booking | None) -> None:
        assert one
        self._begin(one, lease(self.now))

    def _begin(self, one: Booking, mine: Lease) -> None:
        saved, step = one.begin(mine, self.now)
        self._save(saved)
        if step:
            self.reconcilers.append(Reconciler(step, mine))

    def _save(self, one: Booking) -> None:
        self.booking = None if one.finished else one

    def _renewed(self, old: Lease) -> Lease:
        return Lease(old.token, self.now + LEASE)

    def _not_mended_since(self, reconciler: Reconciler) -> Answer | ProviderError:
        answer: Answer | ProviderError = reconciler.answer  # type: ignore[assignment]
        host = reconciler.step.meeting.host_in(PRACTICE)
        if isinstance(answer, NeedsConsultant) and host in self.provider.connected:
            return TryLater(reason=FailureReason.PROVIDER_DOWN)
        return answer
