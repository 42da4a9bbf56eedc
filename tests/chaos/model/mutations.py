"""Deliberate faults in the product, as a programmer could make them. The model has to find all of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest

import domain.booking.booking
import domain.meeting.answers
from adapters.in_memory.booking.bookings import InMemoryBookings
from adapters.in_memory.records import InMemoryAuditLog
from application.connection.pass_on_tokens import PassOnTokens
from application.connection.verify_removals import VerifyRemovals
from application.refresh_tokens import RefreshTokens
from domain.booking.booking import Booking
from domain.connection.connection import Connection
from domain.meeting.answers import _lost, _missed, recorded
from domain.meeting.meeting import Meeting
from domain.meeting.pending_removal import PendingRemoval
from domain.meeting.reason import Reason
from domain.meeting.reconciliation import Reconciliation
from domain.meeting.steps import Change, Create


@dataclass(frozen=True)
class Mutation:
    name: str
    owner: Any
    method: str
    wrong: Callable[..., Any]

    def apply(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(self.owner, self.method, self.wrong)


_save = InMemoryBookings.save
_own_step, _released = Reconciliation._own_step, Reconciliation.released


def _creates_without_a_look(self: Reconciliation, desired: Any, booking_id: Any, now: datetime) -> Any:
    unheard = self.meeting is not None and not self.meeting.heard
    return _own_step(replace(self, meeting=None) if unheard else self, desired, booking_id, now)


def _forgets_the_pending_removal(self: Reconciliation, reason: Reason, call_ends: datetime | None) -> Reconciliation:
    return replace(self, meeting=None, sync_failure=None, reason=reason)


def _ignores_an_unheard_create(self: Reconciliation, reason: Reason, call_ends: datetime | None) -> Reconciliation:
    unheard = self.meeting is not None and not self.meeting.heard
    return _released(replace(self, meeting=None) if unheard else self, reason, call_ends)


def _is_not_marked_as_changing(self: Reconciliation, step: Any) -> Reconciliation:
    if isinstance(step, Create):
        return replace(self, meeting=step.meeting, markers=self.markers + 1)
    return self


def _keeps_the_old_hosts_meeting(self: Booking, details: Any) -> bool:
    return details.desired is not None and self.details.desired is None


def _takes_every_failure_for_an_answer(self: Reconciliation, step: Any, answer: Any, now: datetime) -> Reconciliation:
    if isinstance(answer, Exception) and isinstance(step, Change):
        return replace(self, meeting=replace(step.meeting, details=step.details), sync_failure=None)
    return recorded(self, step, answer, now)


def _believes_at_once(it: Reconciliation, meeting: Any, now: datetime) -> Reconciliation:
    return _lost(it, meeting, Reason.VANISHED)


def _takes_a_denied_removal_for_done(it: Reconciliation, meeting: Any, now: datetime) -> Reconciliation:
    return _missed(it, meeting, now) if it.serves_with(meeting) else _lost(it, meeting, Reason.REMOVED)


async def _does_not_store(self: RefreshTokens, host: Any, old: Any, renewed: Any) -> bool:
    return True


async def _is_always_believed(self: VerifyRemovals, host: Any) -> bool:
    return True


async def _passes_nothing_on(self: PassOnTokens, provider: Any, new: Any) -> None:
    return None


async def _forgets_the_key(self: InMemoryBookings, booking: Booking, *, now: datetime) -> None:
    await _save(self, booking, now=now)
    if booking.finished:
        for key, one in list(self._state.creations.items()):
            if one.object_id == booking.id:
                del self._state.creations[key]


async def _tells_no_history(self: InMemoryAuditLog, *entries: Any) -> None:
    return None


MUTATIONS = (
    Mutation("a create is repeated without a look", Reconciliation, "_own_step", _creates_without_a_look),
    Mutation("a meeting that is given up is forgotten", Reconciliation, "released", _forgets_the_pending_removal),
    Mutation("a cancel ignores an unheard create", Reconciliation, "released", _ignores_an_unheard_create),
    Mutation("a change leaves no trace before its answer", Reconciliation, "begun", _is_not_marked_as_changing),
    Mutation("a failed change counts as done", domain.booking.booking, "recorded", _takes_every_failure_for_an_answer),
    Mutation("one word that a meeting is gone is believed", domain.meeting.answers, "_missed", _believes_at_once),
    Mutation(
        "a removal that was denied counts as done", domain.meeting.answers, "_missed", _takes_a_denied_removal_for_done
    ),
    Mutation("a meeting is asked about in another account", Meeting, "must_be_within_reach_of", lambda *_: None),
    Mutation("nobody says in which account a meeting lies", Meeting, "connected_as", lambda self, *_: self),
    Mutation("a new consultant gets the old link", Booking, "needs_fresh_link", _keeps_the_old_hosts_meeting),
    Mutation("connecting resumes no booking", Booking, "resumed", lambda self, *_: self),
    Mutation("connecting resumes no removal", PendingRemoval, "resumed", lambda self, *_: self),
    Mutation("new tokens are used and not stored", RefreshTokens, "_store", _does_not_store),
    Mutation("anybody may refresh at any time", Connection, "leased", lambda self, lease: self),
    Mutation("an old removal ends a new connection", Connection, "predates", lambda self, moment: True),
    Mutation("a forged removal is believed", VerifyRemovals, "_gone", _is_always_believed),
    Mutation("somebody else's account replaces one's own", Connection, "must_be_same_account", lambda *_: None),
    Mutation("tokens of a refused consent are dropped", PassOnTokens, "__call__", _passes_nothing_on),
    Mutation("two sessions in one slot", InMemoryBookings, "_must_be_free", lambda self, booking: None),
    Mutation("a key ends with its session", InMemoryBookings, "save", _forgets_the_key),
    Mutation("calls are not told", InMemoryAuditLog, "add", _tells_no_history),
)
