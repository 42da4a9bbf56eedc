"""How far the provider agrees with what a booking wants, and what is to be done next."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.errors import ProviderError
from domain.leftover import Leftover
from domain.marker import marker_of, markers_of
from domain.meeting import HeldMeeting, Meeting, SeenMeeting, Wish
from domain.provider_errors import Gone, TryLater
from domain.slot import Slot
from domain.steps import Change, Check, Create, Look, Remove, Step
from domain.trouble import Trouble, TroubleKind, trouble_from

Answer = HeldMeeting | SeenMeeting | tuple[HeldMeeting, ...] | None


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

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """All that a provider holds, or may hold, for the booking."""
        present = (self.meeting,) if self.meeting else ()
        return (*present, *(left.meeting for left in self.leftovers))

    def gave_up(self, marker: UUID, booking_id: UUID) -> bool:
        """Whether a create carried this marker once and nothing that is known does any more."""
        held = any(meeting.marker == marker for meeting in self.meetings)
        return not held and marker in markers_of(booking_id, self.markers)

    # --- what the booking's own changes mean ---------------------------------------------------------------

    def retried(self) -> "Settlement":
        """After an edit that the present host can fulfil. Time alone cannot mend a failure, an edit may, so a failed
        state starts afresh."""
        failed = self.trouble is not None and self.trouble.kind is TroubleKind.FAILED
        return replace(self, trouble=None) if failed else self

    def released(self, reason: str, call_ends: datetime | None) -> "Settlement":
        """The present meeting is not wanted any more, and what it waited for means nothing to the next one.

        `call_ends` is when a call that is under way for the present meeting is surely over.
        """
        if self.meeting is None:
            return replace(self, trouble=None, reason=reason)
        leftover = Leftover(self.meeting, reason, not_before=None if self.meeting.heard else call_ends)
        return replace(self, meeting=None, leftovers=(*self.leftovers, leftover), trouble=None, reason=reason)

    def without_links(self, host_id: UUID | None = None, *, keep_present: bool = False) -> "Settlement":
        """Every link is forgotten, or those into one person's accounts; on demand not that of the present meeting."""

        def bare(meeting: Meeting) -> Meeting:
            return meeting.without_link() if host_id in (None, meeting.host_id) else meeting

        leftovers = tuple(replace(left, meeting=bare(left.meeting)) for left in self.leftovers)
        present = self.meeting if keep_present else self.meeting and bare(self.meeting)
        return replace(self, meeting=present, leftovers=leftovers)

    def woken(self, wish: Wish | None, provider: str, host_id: UUID) -> "Settlement":
        """The consultant connected again: what waited for that may be tried."""
        theirs = wish is not None and (wish.provider, wish.host_id) == (provider, host_id)
        waits = theirs and self.trouble is not None and self.trouble.kind is TroubleKind.CONSULTANT
        leftovers = tuple(left.woken(provider, host_id) for left in self.leftovers)
        meeting = self.meeting
        if theirs and meeting and meeting.health.waits_for_consultant:
            meeting = meeting.untroubled()
        return replace(self, meeting=meeting, trouble=None if waits else self.trouble, leftovers=leftovers)

    def doubted(self, at: datetime, now: datetime) -> "Settlement":
        """A notice says that the meeting was changed then; it is looked at, whoever it was."""
        return replace(self, meeting=self.meeting.doubted(at, now)) if self.meeting else self

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
            marker = marker_of(booking_id, self.markers)
            return Create(Meeting(marker, wish.provider, wish.host_id, wish.details), self.reason)
        if not self.meeting.agrees_with(wish):
            return Change(self.meeting, wish.details, "edited")
        look = self.meeting.next_look
        return Check(self.meeting, look.reason) if look and look.at <= now else None

    def begun(self, step: Step) -> "Settlement":
        """Written down before the call, so that a crash leaves a trace to follow."""
        if isinstance(step, Create):
            return replace(self, meeting=step.meeting, markers=self.markers + 1)
        if isinstance(step, Change):
            return replace(self, meeting=replace(step.meeting, changing=True))
        return self

    def due_at(self, wish: Wish | None, now: datetime) -> datetime | None:
        """When to look at this booking again; None when nothing will be due by itself."""
        moments = [left.due_at(now) for left in self.leftovers]
        moments += [left.hopeless_at for left in self.leftovers]
        if wish and self._unsettled(wish):
            moments.append(self._own_due_at(wish.details.slot, now))
        elif wish and self.meeting:
            moments.append(self.meeting.due_at(now))
        return min((moment for moment in moments if moment), default=None)

    def _own_due_at(self, slot: Slot, now: datetime) -> datetime | None:
        if self.trouble and self.trouble.kind is TroubleKind.FAILED:
            return None
        next_try = self.trouble.until if self.trouble else now
        if self.meeting and not self.meeting.heard:
            return next_try
        return min(next_try or slot.starts_at, max(slot.starts_at, now))  # its beginning decides the rest

    def _unsettled(self, wish: Wish) -> bool:
        return self.meeting is None or not self.meeting.agrees_with(wish)

    def tidied(self, wish: Wish | None, now: datetime) -> "Settlement":
        """What the passing of time alone decides."""
        hopeful = tuple(left for left in self.leftovers if not (left.hopeless_at and left.hopeless_at <= now))
        tidy = replace(self, leftovers=hopeful)
        if wish and wish.details.slot.begun(now):
            tidy = tidy._once_begun(wish)
            tidy = replace(tidy, meeting=tidy.meeting and tidy.meeting.untroubled())
        return tidy if wish and tidy._unsettled(wish) else replace(tidy, trouble=None)

    def _once_begun(self, wish: Wish) -> "Settlement":
        """No provider makes or moves a meeting any more. A title or an end that it was not told matters to nobody."""
        if self.meeting and not self.meeting.heard:
            return self  # it is still looked for
        if self.meeting and not self.meeting.changing and self.meeting.starts_with(wish):
            return replace(self, meeting=replace(self.meeting, details=wish.details))
        if self.trouble and self.trouble.kind is TroubleKind.FAILED:
            return self
        return replace(self, trouble=Trouble(TroubleKind.FAILED, "session_began", 0))

    # --- what the provider answered -------------------------------------------------------------------------

    def recorded(self, step: Step, answer: Answer | ProviderError, now: datetime) -> "Settlement":
        """The step's answer, laid over whatever people changed while the call was under way."""
        if isinstance(answer, ProviderError):
            return self._failed(step, answer, now)
        match step, answer:
            case Create(), HeldMeeting():
                return self._found(step.meeting, (answer,), now)
            case Look(), tuple():
                return self._found(step.meeting, answer, now) if answer else self._never_made(step.meeting, "unheard")
            case Change(), HeldMeeting() if self._mine(step.meeting):
                return replace(self, meeting=step.meeting.confirmed(answer, step.details, now), trouble=None)
            case Check(), SeenMeeting() if self.meeting and self._mine(step.meeting):
                return replace(self, meeting=self.meeting.seen(answer, step.meeting, now))
            case Remove(), None:
                return self._lost(step.meeting, "removed")
        return self

    def _found(self, meeting: Meeting, held: tuple[HeldMeeting, ...], now: datetime) -> "Settlement":
        """The first one serves; a second one under the same marker is a double and must go."""
        found = [meeting.confirmed(one, meeting.details, now) for one in held]
        if self.meeting and self._mine(meeting):
            known = self.meeting if self.meeting.heard else found[0]  # an answer that comes late tells nothing new
            doubles = tuple(Leftover(one.without_link(), "doubled") for one in found if one.id != known.id)
            return replace(self, meeting=known, trouble=None, leftovers=self.leftovers + doubles)
        reasons = [left.reason for left in self.leftovers if left.meeting.marker == meeting.marker]
        late = tuple(Leftover(one.without_link(), reasons[0] if reasons else "unwanted") for one in found)
        known_before = {left.meeting.id for left in self.leftovers}
        new = tuple(left for left in late if left.meeting.id not in known_before)
        return replace(self, leftovers=(*self._without_unheard(meeting), *new))

    def _lost(self, meeting: Meeting, reason: str) -> "Settlement":
        """It is certain that the provider does not hold it any more."""
        if self._mine(meeting):
            return replace(self, meeting=None, trouble=None, reason=reason)
        return replace(self, leftovers=tuple(left for left in self.leftovers if not _same(left.meeting, meeting)))

    def _never_made(self, meeting: Meeting, reason: str) -> "Settlement":
        """It does not exist, unless somebody has heard of it since. The pauses between the tries go on growing."""
        if self.meeting and self._mine(meeting):
            return self if self.meeting.heard else replace(self, meeting=None, reason=reason)
        return replace(self, leftovers=self._without_unheard(meeting))

    def _failed(self, step: Step, error: ProviderError, now: datetime) -> "Settlement":
        if isinstance(error, Gone) and isinstance(step, Change | Remove | Check):
            return self._lost(step.meeting, "vanished")
        if isinstance(step, Check):
            return self._unseen(step.meeting, error, now)
        if isinstance(step, Create) and not (isinstance(error, TryLater) and error.unheard):
            unmade = self._never_made(step.meeting, self.reason)
            mine = self._mine(step.meeting)
            return replace(unmade, trouble=trouble_from(error, self.trouble, now)) if mine else unmade
        if self._mine(step.meeting):
            return replace(self, trouble=trouble_from(error, self.trouble, now))
        leftovers = tuple(
            left.failed(error, now) if _same(left.meeting, step.meeting) else left for left in self.leftovers
        )
        return replace(self, leftovers=leftovers)

    def _unseen(self, meeting: Meeting, error: ProviderError, now: datetime) -> "Settlement":
        return replace(self, meeting=self.meeting.unseen(error, now)) if self.meeting and self._mine(meeting) else self

    def _mine(self, meeting: Meeting) -> bool:
        return self.meeting is not None and _same(self.meeting, meeting)

    def _without_unheard(self, meeting: Meeting) -> tuple[Leftover, ...]:
        """All leftovers but the one that stood for this meeting while nothing was known of it."""
        return tuple(left for left in self.leftovers if left.meeting.heard or left.meeting.marker != meeting.marker)


def _same(one: Meeting, other: Meeting) -> bool:
    """By our marker; doubles share it, so a provider's id on both sides has to agree as well."""
    return one.marker == other.marker and (one.id is None or other.id is None or one.id == other.id)
