"""How far the provider agrees with what a booking wants, and what is to be done next."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.meeting.leftover import Leftover
from domain.meeting.link_change import BY_ITSELF, LinkChange
from domain.meeting.marker import marker_of, markers_of
from domain.meeting.meeting import Meeting, Wish
from domain.meeting.meeting_account import OTHER_ACCOUNT
from domain.meeting.steps import Change, Check, Create, Look, Step
from domain.meeting.trouble import Trouble, TroubleKind
from domain.slot import Slot


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The one meeting that serves the booking, and the leftovers that must go.

    `meeting` is None before the first create and after a loss. `reason` says why the next create is needed.
    `markers` counts the creates, so that each has a marker of its own. `link_change` is set when clients may hold a
    link that was replaced without anybody's deciding so.
    """

    meeting: Meeting | None = None
    leftovers: tuple[Leftover, ...] = ()
    trouble: Trouble | None = None
    reason: str = "new"
    markers: int = 0
    link_change: LinkChange | None = None

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

    def retried(self) -> "Reconciliation":
        """After an edit that the present host can fulfil. Time alone cannot mend a failure, an edit may, so a failed
        state starts afresh."""
        failed = self.trouble is not None and self.trouble.kind is TroubleKind.FAILED
        return replace(self, trouble=None) if failed else self

    def released(self, reason: str, call_ends: datetime | None) -> "Reconciliation":
        """The present meeting is not wanted any more, and what it waited for means nothing to the next one.

        `call_ends` is when a call that is under way for the present meeting is surely over.
        """
        link_change = self.link_change_after(reason)
        if self.meeting is None:
            return replace(self, trouble=None, reason=reason, link_change=link_change)
        leftover = Leftover(self.meeting.present(), reason, not_before=None if self.meeting.heard else call_ends)
        leftovers = (*self.leftovers, leftover)
        return replace(self, meeting=None, leftovers=leftovers, trouble=None, reason=reason, link_change=link_change)

    def link_change_acknowledged(self, changed_at: datetime) -> "Reconciliation":
        """A person copied the present link or dismissed the mark; a later change keeps its own."""
        noted = self.link_change is not None and self.link_change.at == changed_at
        return replace(self, link_change=None) if noted else self

    def without_links(self, host_id: UUID | None = None, *, keep_present: bool = False) -> "Reconciliation":
        """Every link is forgotten, or those into one person's accounts; on demand not that of the present meeting."""

        def bare(meeting: Meeting) -> Meeting:
            return meeting.without_link() if host_id in (None, meeting.host_id) else meeting

        leftovers = tuple(replace(left, meeting=bare(left.meeting)) for left in self.leftovers)
        present = self.meeting if keep_present else self.meeting and bare(self.meeting)
        link_change = self.link_change if present == self.meeting else None
        return replace(self, meeting=present, leftovers=leftovers, link_change=link_change)

    def woken(self, wish: Wish | None, provider: str, host_id: UUID, account: str, now: datetime) -> "Reconciliation":
        """The consultant connected again, as the user with this key: what waited for that may be tried."""
        theirs = wish is not None and (wish.provider, wish.host_id) == (provider, host_id)
        waits = theirs and self.trouble is not None and self.trouble.kind is TroubleKind.CONSULTANT
        leftovers = tuple(left.woken(provider, host_id) for left in self.leftovers)
        meeting = self.meeting
        if theirs and meeting:
            meeting = meeting.connected_as(account, now)
        return replace(self, meeting=meeting, trouble=None if waits else self.trouble, leftovers=leftovers)

    def left(self, provider: str, host_id: UUID, account: str, email: str, now: datetime) -> "Reconciliation":
        """The consultant ends the connection as this user. Of what may have to be removed by hand it is remembered
        where it lies."""

        def named(meeting: Meeting) -> Meeting:
            theirs = (meeting.provider, meeting.host_id) == (provider, host_id)
            to_come = meeting.details.slot.ends_at > now
            return replace(meeting, account=meeting.account.left(account, email)) if theirs and to_come else meeting

        return self._with_each(named)

    def without_account_emails(self, host_id: UUID) -> "Reconciliation":
        def nameless(meeting: Meeting) -> Meeting:
            theirs = meeting.host_id == host_id
            return replace(meeting, account=meeting.account.without_email()) if theirs else meeting

        return self._with_each(nameless)

    def _with_each(self, change: Callable[[Meeting], Meeting]) -> "Reconciliation":
        leftovers = tuple(replace(left, meeting=change(left.meeting)) for left in self.leftovers)
        return replace(self, meeting=self.meeting and change(self.meeting), leftovers=leftovers)

    def in_account(self, step: Create, account: str) -> tuple["Reconciliation", Create]:
        """A create that was just begun is sent with this account's access, and with no other."""
        bound = replace(step, meeting=step.meeting.reached_as(account))
        return replace(self, meeting=bound.meeting) if self.serves_with(step.meeting) else self, bound

    def doubted(self, at: datetime, now: datetime) -> "Reconciliation":
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
        return _upkeep(self.meeting, wish, now)

    def begun(self, step: Step) -> "Reconciliation":
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
        if wish and self._unreconciled(wish):
            moments.append(self._own_due_at(wish.details.slot, now))
        elif wish and self.meeting:
            moments.append(self.meeting.due_at(now))
        if self.meeting and self.meeting.account.email:
            moments.append(max(self.meeting.details.slot.ends_at, now))
        return min((moment for moment in moments if moment), default=None)

    def _own_due_at(self, slot: Slot, now: datetime) -> datetime | None:
        if self.trouble and self.trouble.kind is TroubleKind.FAILED:
            return None
        next_try = self.trouble.until if self.trouble else now
        if next_try and self.meeting and self.meeting.absence:
            next_try = max(next_try, self.meeting.absence.ask_at)
        if self.meeting and not self.meeting.heard:
            return next_try
        return min(next_try or slot.starts_at, max(slot.starts_at, now))  # its beginning decides the rest

    def _unreconciled(self, wish: Wish) -> bool:
        return self.meeting is None or not self.meeting.agrees_with(wish)

    def tidied(self, wish: Wish | None, now: datetime) -> "Reconciliation":
        """What the passing of time alone decides."""
        hopeful = tuple(left for left in self.leftovers if not (left.hopeless_at and left.hopeless_at <= now))
        tidy = replace(self, leftovers=hopeful)
        if self.meeting and self.meeting.account.email and self.meeting.details.slot.ends_at <= now:
            tidy = replace(tidy, meeting=replace(self.meeting, account=self.meeting.account.without_email()))
        if wish and wish.details.slot.begun(now):
            tidy = replace(tidy, meeting=tidy.meeting and tidy.meeting.present())._once_begun(wish)
            tidy = replace(tidy, meeting=tidy.meeting and tidy.meeting.untroubled())
        elif wish and tidy.meeting and tidy.meeting.account.out_of_reach and not tidy.meeting.agrees_with(wish):
            tidy = tidy.released(OTHER_ACCOUNT, None)  # whoever tidies holds the lease: no call is under way
        return tidy if wish and tidy._unreconciled(wish) else replace(tidy, trouble=None)

    def _once_begun(self, wish: Wish) -> "Reconciliation":
        """No provider makes or moves a meeting any more. A title or an end that it was not told matters to nobody."""
        if self.meeting and not self.meeting.heard:
            return self  # it is still looked for
        if self.meeting and not self.meeting.changing and self.meeting.starts_with(wish):
            return replace(self, meeting=replace(self.meeting, details=wish.details))
        if self.trouble and self.trouble.kind is TroubleKind.FAILED:
            return self
        return replace(self, trouble=Trouble(TroubleKind.FAILED, "session_began", 0))

    # --- what the provider's answers are laid over: see `domain.meeting.answers`

    def serves_with(self, meeting: Meeting) -> bool:
        return self.meeting is not None and self.meeting.same_as(meeting)

    def link_change_after(self, reason: str) -> LinkChange | None:
        """Once the present meeting is given up for this reason."""
        if reason not in BY_ITSELF:
            return None
        held = self.meeting is not None and self.meeting.join_link is not None
        return LinkChange(reason) if held else self.link_change and replace(self.link_change, at=None)


def _upkeep(meeting: Meeting, wish: Wish, now: datetime) -> Step | None:
    """Of a meeting that the provider confirmed."""
    if meeting.absence and meeting.absence.ask_at > now:
        return None
    if meeting.to_be_verified:
        return Check(meeting, "missing")
    if meeting.to_be_searched:
        return Look(meeting, "missing")
    if not meeting.agrees_with(wish):
        return Change(meeting, wish.details, "edited")
    look = meeting.next_look
    return Check(meeting, look.reason) if look and look.at <= now else None
