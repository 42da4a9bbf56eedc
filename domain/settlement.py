"""How far the provider agrees with what a booking wants, and what is to be done next."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from domain.errors import ProviderError
from domain.leftover import Leftover
from domain.meeting import HeldMeeting, Meeting, Wish
from domain.provider_errors import Gone, TryLater
from domain.steps import Change, Create, Look, Remove, Step
from domain.trouble import Trouble, TroubleKind, trouble_from

Answer = HeldMeeting | tuple[HeldMeeting, ...] | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """The one meeting that serves the booking, and the leftovers that must go.

    `meeting` is None before the first create and after a loss. `reason` says why the next create is needed.
    `markers` counts the creates, so that each has a marker of its own.
    """

    meeting: Meeting | None = None
    leftovers: tuple[Leftover, ...] = ()
    trouble: Trouble | None = None
    reason: str = "new"
    markers: int = 0

    # --- what the booking's own changes mean ---------------------------------------------------------------

    def aligned(self, wish: Wish | None, reason: str, call_ends: datetime | None) -> "Settlement":
        """After an edit: a meeting that cannot serve the wish is left over. Time alone cannot mend a failure,
        an edit may, so a failed state starts afresh.

        `call_ends` is when a call that is under way for the present meeting is surely over.
        """
        if self.meeting and not (wish and self.meeting.serves(wish)):
            return self.released(reason, call_ends)
        starts_afresh = wish is None or (self.trouble and self.trouble.kind is TroubleKind.FAILED)
        return replace(self, trouble=None) if starts_afresh else self

    def released(self, reason: str, call_ends: datetime | None) -> "Settlement":
        if self.meeting is None:
            return replace(self, trouble=None, reason=reason)
        leftover = Leftover(self.meeting, reason, not_before=None if self.meeting.heard else call_ends)
        return replace(self, meeting=None, leftovers=(*self.leftovers, leftover), trouble=None, reason=reason)

    def without_links(self) -> "Settlement":
        bare = tuple(replace(left, meeting=left.meeting.without_link()) for left in self.leftovers)
        return replace(self, meeting=self.meeting and self.meeting.without_link(), leftovers=bare)

    def woken(self, provider: str, host_id: UUID) -> "Settlement":
        """The consultant connected again: what waited for that may be tried."""
        waits = self.trouble is not None and self.trouble.kind is TroubleKind.CONSULTANT
        leftovers = tuple(left.woken(provider, host_id) for left in self.leftovers)
        return replace(self, trouble=None if waits else self.trouble, leftovers=leftovers)

    # --- what is to be done ----------------------------------------------------------------------------------

    def next_step(self, wish: Wish | None, booking_id: UUID, now: datetime) -> Step | None:
        """The next call, or None when there is nothing to do now. Removing comes first: it frees the host."""
        removals = (left.step(now) for left in self.leftovers)
        return next((step for step in removals if step), None) or self._own_step(wish, booking_id, now)

    def _own_step(self, wish: Wish | None, booking_id: UUID, now: datetime) -> Step | None:
        if wish is None or (self.trouble and not self.trouble.over(now)):
            return None
        if self.meeting and not self.meeting.heard:
            return Look(self.meeting, "unheard")
        if wish.details.slot.begun(now):
            return None  # providers take a start in the past as "now", or ignore it
        if self.meeting is None:
            marker = uuid5(booking_id, str(self.markers))
            return Create(Meeting(marker, wish.provider, wish.host_id, wish.details), self.reason)
        if self.meeting.details != wish.details:
            return Change(self.meeting, wish.details, "edited")
        return None

    def begun(self, step: Step) -> "Settlement":
        """Written down before the call, so that a crash leaves a trace to follow."""
        if isinstance(step, Create):
            return replace(self, meeting=step.meeting, markers=self.markers + 1)
        return self

    def due_at(self, wish: Wish | None, now: datetime) -> datetime | None:
        """When to look at this booking again; None when nothing will be due by itself."""
        moments = [left.due_at(now) for left in self.leftovers]
        moments += [left.hopeless_at for left in self.leftovers]
        if wish and self._unsettled(wish):
            starts_at = wish.details.slot.starts_at
            next_try = self.trouble.until if self.trouble else now
            waiting = not (self.trouble and self.trouble.kind is TroubleKind.FAILED)
            begins = starts_at if waiting and starts_at > now else None
            moments += [next_try if self._own_call_remains(wish, now) else None, begins]
        return min((moment for moment in moments if moment), default=None)

    def _own_call_remains(self, wish: Wish, now: datetime) -> bool:
        unheard = self.meeting is not None and not self.meeting.heard
        return unheard or not wish.details.slot.begun(now)

    def _unsettled(self, wish: Wish) -> bool:
        return self.meeting is None or not self.meeting.heard or self.meeting.details != wish.details

    def tidied(self, wish: Wish | None, now: datetime) -> "Settlement":
        """What the passing of time alone decides."""
        hopeful = tuple(left for left in self.leftovers if not (left.hopeless_at and left.hopeless_at <= now))
        tidy = replace(self, leftovers=hopeful)
        began_without = wish is not None and self.meeting is None and wish.details.slot.begun(now)
        if began_without and not (self.trouble and self.trouble.kind is TroubleKind.FAILED):
            return replace(tidy, trouble=Trouble(TroubleKind.FAILED, "session_began", 0))
        return tidy

    # --- what the provider answered -------------------------------------------------------------------------

    def recorded(self, step: Step, answer: Answer | ProviderError, now: datetime) -> "Settlement":
        """The step's answer, laid over whatever people changed while the call was under way."""
        if isinstance(answer, ProviderError):
            return self._failed(step, answer, now)
        match step, answer:
            case Create(), HeldMeeting():
                return self._found(step.meeting, (answer,))
            case Look(), tuple():
                return self._found(step.meeting, answer) if answer else self._lost(step.meeting, "unheard")
            case Change(), HeldMeeting() if self._mine(step.meeting):
                return replace(self, meeting=step.meeting.confirmed(answer, step.details), trouble=None)
            case Remove(), None:
                return self._lost(step.meeting, "removed")
        return self

    def _found(self, meeting: Meeting, held: tuple[HeldMeeting, ...]) -> "Settlement":
        """The first one serves; a second one under the same marker is a double and must go."""
        first, *doubles = (meeting.confirmed(one, meeting.details) for one in held)
        extra = tuple(Leftover(double.without_link(), "doubled") for double in doubles)
        if self._mine(meeting):
            return replace(self, meeting=first, trouble=None, leftovers=self.leftovers + extra)
        reasons = [left.reason for left in self.leftovers if left.meeting.marker == meeting.marker]
        late = Leftover(first.without_link(), reasons[0] if reasons else "unwanted")
        return replace(self, leftovers=(*self._other_leftovers(meeting), late, *extra))

    def _lost(self, meeting: Meeting, reason: str) -> "Settlement":
        """It is certain that the provider does not hold it."""
        if self._mine(meeting):
            return replace(self, meeting=None, trouble=None, reason=reason)
        return replace(self, leftovers=self._other_leftovers(meeting))

    def _failed(self, step: Step, error: ProviderError, now: datetime) -> "Settlement":
        if isinstance(error, Gone) and not isinstance(step, Look):
            return self._lost(step.meeting, "vanished")
        if isinstance(step, Create) and not (isinstance(error, TryLater) and error.unheard):
            lost = self._lost(step.meeting, self.reason)
            return replace(lost, trouble=trouble_from(error, self.trouble, now)) if self._mine(step.meeting) else lost
        if self._mine(step.meeting):
            return replace(self, trouble=trouble_from(error, self.trouble, now))
        leftovers = tuple(
            replace(left, trouble=trouble_from(error, left.trouble, now)) if _same(left.meeting, step.meeting) else left
            for left in self.leftovers
        )
        return replace(self, leftovers=leftovers)

    def _mine(self, meeting: Meeting) -> bool:
        return self.meeting is not None and _same(self.meeting, meeting)

    def _other_leftovers(self, meeting: Meeting) -> tuple[Leftover, ...]:
        return tuple(left for left in self.leftovers if not _same(left.meeting, meeting))


def _same(one: Meeting, other: Meeting) -> bool:
    """By our marker; doubles share it, so a provider's id on both sides has to agree as well."""
    return one.marker == other.marker and (one.id is None or other.id is None or one.id == other.id)
