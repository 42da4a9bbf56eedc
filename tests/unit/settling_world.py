"""One booking, its settlers and a provider: what the use cases do with a booking, one observable moment at a time."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.booking.booking import Booking, BookingStatus, Terms
from domain.claim import Claim
from domain.errors import Invalid, ProviderError
from domain.meeting.answers import Answer
from domain.meeting.host import Host as HostOf
from domain.meeting.meeting import HeldMeeting
from domain.meeting.steps import Create, Remove, Step
from domain.provider_errors import NeedsConsultant, TryLater
from tests.builders import ANA, BOR, LEASE, NOW, OTHER_PROVIDER, PRACTICE, PROVIDER, booking, claim
from tests.unit.pretended_provider import Fault, Host, Kept, PretendedProvider

HOPELESS_AFTER = timedelta(days=1)
PENDING = object()
HOSTS = [(provider, who) for provider in (PROVIDER, OTHER_PROVIDER) for who in (ANA, BOR)]


@dataclass
class Settler:
    """A process that took a step. `answer` is PENDING until the provider was called."""

    step: Step
    claim: Claim
    answer: object = PENDING


@dataclass
class SettlingWorld:
    now: datetime = NOW
    booking: Booking | None = None
    provider: PretendedProvider = field(default_factory=lambda: PretendedProvider(set(HOSTS)))
    settlers: list[Settler] = field(default_factory=list)
    vanished: set[str] = field(default_factory=set)
    renamed: set[str] = field(default_factory=set)

    @property
    def open(self) -> bool:
        return self.booking is not None and self.booking.status is BookingStatus.PLANNED

    # --- people ------------------------------------------------------------------------------------------------

    def plan(self, terms: Terms) -> None:
        self._settle_inline(booking(terms))

    def edit(self, terms: Terms) -> bool:
        """As a person saves a form; False when it is refused."""
        assert self.booking
        try:
            edited = self.booking.edit(terms, expected_version=None, now=self.now)
        except Invalid:
            return False
        self._settle_inline(edited)
        return True

    def cancel(self) -> None:
        assert self.booking
        self._settle_inline(self.booking.cancel(expected_version=None))

    def delete(self) -> None:
        assert self.booking
        self._settle_inline(self.booking.delete(expected_version=None))

    def connect(self, host: Host) -> None:
        self.provider.connected.add(host)
        if self.booking:
            self._save(self.booking.woken(*host, "", now=self.now))

    def disconnect(self, host: Host, *, withdrawing: bool) -> None:
        """With `withdrawing` the meetings were to be removed first, but the authorization was faster gone."""
        self.provider.connected.discard(host)
        if withdrawing and self.booking and self.booking.holds_meeting_of(HostOf(PRACTICE, host[1], host[0])):
            self._save(self.booking.withdrawn("disconnected"))

    def vanish(self, meeting_id: str) -> None:
        """The host removes it at the provider, by hand."""
        self.vanished.add(meeting_id)
        del self.provider.meetings[meeting_id]

    def rename(self, meeting_id: str) -> None:
        """So does the host."""
        kept = self.provider.meetings[meeting_id]
        by_hand = replace(kept.details, topic="Renamed by hand")
        self.provider.meetings[meeting_id] = replace(kept, details=by_hand)
        self.renamed.add(meeting_id)

    def hear(self) -> None:
        """A notice says that somebody touched the meeting just now."""
        if self.booking:
            self._save(self.booking.doubted(self.now, now=self.now))

    # --- processes ---------------------------------------------------------------------------------------------

    def work(self) -> bool:
        """What the worker does: leases the booking when it is due, and takes its step."""
        due_at = self.booking.due_at(self.now) if self.booking else None
        if due_at is None or due_at > self.now:
            return False
        self._settle_inline(self.booking)
        return True

    def call(self, settler: Settler, fault: Fault) -> None:
        if self.now + LEASE / 2 > settler.claim.until:
            settler.answer = TryLater(reason="provider_down")
        else:
            settler.answer = self.provider.call(settler.step, fault, self.now)

    def record(self, settler: Settler) -> None:
        """The answer is written down, however late, and the settler goes on."""
        self.settlers.remove(settler)
        step, answer = settler.step, self._not_mended_since(settler)
        if self.booking is None:
            if isinstance(step, Create) and isinstance(answer, HeldMeeting):
                lost = step.meeting.confirmed(answer, step.meeting.details, self.now)
                self.settlers.append(Settler(Remove(lost, "unwanted"), self._renewed(settler.claim)))
            return
        recorded = self.booking.record(step, answer, self.now, by=settler.claim)
        self._begin(recorded, self._renewed(settler.claim))

    def finish(self, settler: Settler) -> None:
        if settler.answer is PENDING:
            self.call(settler, Fault.NONE)
        self.record(settler)

    # --- looking -----------------------------------------------------------------------------------------------

    def alive(self) -> dict[str, Kept]:
        """What the provider still holds and somebody could still join."""
        return {
            one: kept
            for one, kept in self.provider.meetings.items()
            if kept.details.slot.ends_at + HOPELESS_AFTER > self.now
        }

    def _settle_inline(self, one: Booking | None) -> None:
        assert one
        self._begin(one, claim(self.now))

    def _begin(self, one: Booking, mine: Claim) -> None:
        saved, step = one.begin(mine, self.now)
        self._save(saved)
        if step:
            self.settlers.append(Settler(step, mine))

    def _save(self, one: Booking) -> None:
        self.booking = None if one.finished else one

    def _renewed(self, old: Claim) -> Claim:
        return Claim(old.token, self.now + LEASE)

    def _not_mended_since(self, settler: Settler) -> Answer | ProviderError:
        answer: Answer | ProviderError = settler.answer  # type: ignore[assignment]
        host = (settler.step.meeting.provider, settler.step.meeting.host_id)
        if isinstance(answer, NeedsConsultant) and host in self.provider.connected:
            return TryLater(reason="provider_down")
        return answer
