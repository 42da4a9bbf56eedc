"""What people do with sessions, and what has to hold afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.accounts.account import Account
from domain.booking.booking import BookingDetails
from domain.booking.edits import Edits
from domain.booking.errors import BookingClosed, SlotTaken
from domain.connection.errors import ConnectionNeeded
from domain.creation import object_id_of
from domain.errors import CalendraError, Invalid, KeyReused, NotFound, ResultGone
from domain.meeting.host import Host
from domain.slot import Slot
from tests.chaos.model.life import Life, Stop, refusal
from tests.chaos.model.memory import Agreed, Request
from tests.chaos.model.practice import ADMINS, CLIENTS, CONSULTANTS, OLGA, SANA, ZALA, ZONE, Practice, named
from tests.chaos.model.violation import Violation

HOUR = timedelta(hours=1)


def slot_at(now: datetime, ahead: timedelta) -> Slot:
    starts_at = now.replace(minute=0, second=0, microsecond=0) + ahead
    return Slot(starts_at, starts_at + HOUR, ZONE)


def book(
    practice: Practice, consultant: int, ahead: timedelta, provider: str | None, by_admin: bool, stop: Stop | None
) -> None:
    who = CONSULTANTS[consultant]
    practice.booked += 1
    key = named(f"key {practice.booked}")
    booking_id = object_id_of(key, practice.now)
    actor = ADMINS[who.organization_id] if by_admin else who
    slot = slot_at(practice.now, ahead)
    clients = (CLIENTS[who.organization_id].id,)
    details = BookingDetails(who.id, clients, slot, "Talk", "", provider is not None, provider)
    wanted = Agreed(who.organization_id, booking_id, details)
    usable = _usable(practice, wanted.host)

    def heard(life: Life) -> None:
        if booking_id in practice.memory.agreed:
            return
        stored = practice.stored(wanted.organization_id, booking_id)
        error = refusal(life)
        if stored:
            practice.memory.add(wanted, Request(actor, key, details))
        elif life.over and not life.dead and not error:
            raise Violation("lost", f"session {booking_id} was booked and is not stored")
        if error:
            _justified(practice, life, error, wanted, usable)

    practice.do("book", practice.site.container.create_booking()(actor, key, details), stop, heard)


def book_again(practice: Practice, number: int, title: str, stop: Stop | None) -> None:
    """The request that booked a session comes once more, whatever has become of the session. A second session would be
    found by the checks after every step."""
    if not practice.memory.requests:
        return
    booking_id = list(practice.memory.requests)[number % len(practice.memory.requests)]
    actor, key, details = practice.memory.requests[booking_id]
    asked = replace(details, title=title)

    def heard(life: Life) -> None:
        if not practice.undisturbed(life):
            return
        gone = practice.memory.agreed[booking_id].status == "deleted"
        expected = {ResultGone, KeyReused} if gone else {KeyReused} if asked != details else {type(None)}
        if type(error := refusal(life)) not in expected or (gone and asked == details and isinstance(error, KeyReused)):
            raise Violation("untrue", f"the repeated request of session {booking_id} was answered with {error!r}")

    practice.do("book again", practice.site.container.create_booking()(actor, key, asked), stop, heard)


def _usable(practice: Practice, host: Host | None) -> bool:
    connection = practice.connections().get(host) if host else None
    return connection is not None and connection.usable


def _justified(practice: Practice, life: Life, error: CalendraError, wanted: Agreed, usable: bool) -> None:
    if not practice.undisturbed(life):
        return
    past = wanted.details.slot.starts_at <= practice.now
    reasons = {
        SlotTaken: any(wanted.collides(other) for other in practice.memory.agreed.values()),
        ConnectionNeeded: wanted.host is not None and not usable,
        Invalid: (wanted.host is not None and past) or not _colleagues(wanted),
        BookingClosed: not practice.memory.agreed.get(wanted.id, wanted).planned,
        NotFound: practice.memory.agreed.get(wanted.id, wanted).status == "deleted",
    }
    practice.must_be_true(reasons.get(type(error), False), error, f"saving session {wanted.id}")


def _colleagues(one: Agreed) -> bool:
    practices = {who.id: who.organization_id for who in CONSULTANTS}
    return practices[one.details.consultant_id] == one.organization_id


# --- changing ------------------------------------------------------------------------------------------------------


def edit(practice: Practice, number: int, edits: Edits, stop: Stop | None) -> None:
    """By the admin: everything may be changed."""
    if one := _nth(practice, number):
        usable = {host: found.usable for host, found in practice.connections().items()}

        def after(was: Agreed) -> Agreed:
            return replace(was, details=edits.apply(was.details))

        def refused(life: Life, error: CalendraError) -> None:
            wanted = after(practice.memory.agreed[one.id])
            _justified(practice, life, error, wanted, bool(wanted.host and usable.get(wanted.host)))

        work = practice.site.container.edit_booking()(ADMINS[one.organization_id], one.id, edits, expected_version=None)
        _change(practice, "edit", one.id, work, after, refused, stop)


def move_edits(practice: Practice, ahead: timedelta) -> Edits:
    slot = slot_at(practice.now, ahead)
    return Edits(starts_at=slot.starts_at, ends_at=slot.ends_at)


def edit_as_stranger(practice: Practice, number: int) -> None:
    """A person of another practice learns nothing and changes nothing."""
    if one := _nth(practice, number):
        stranger = SANA if one.organization_id == ZALA.organization_id else ZALA
        for work in (
            practice.site.container.edit_booking()(stranger, one.id, Edits(title="Mine"), expected_version=None),
            practice.site.container.close_booking().cancel(stranger, one.id, expected_version=None),
            practice.site.container.list_bookings().history(_admin_elsewhere(one), one.id),
        ):
            life = practice.do("pry", work, None)
            if not isinstance(refusal(life), NotFound):
                raise Violation("let in", f"somebody of another practice got at session {one.id}")


def _admin_elsewhere(one: Agreed) -> Account:
    return OLGA if one.organization_id == ZALA.organization_id else ZALA


def touch(practice: Practice, number: int) -> None:
    """Notes do not reach a provider: a change of them makes no call."""
    if one := _nth(practice, number):
        quiet = _nothing_to_do(practice, one)
        calls = len(practice.site.log.calls)
        edit(practice, number, Edits(notes=f"Note {practice.counts.steps}"), None)
        if quiet and practice.site.log.calls[calls:]:
            raise Violation("untrue", f"the provider was called for notes: {practice.site.log.calls[calls:]}")


def _nothing_to_do(practice: Practice, one: Agreed) -> bool:
    stored = practice.stored(one.organization_id, one.id)
    due_at = stored.due_at(practice.now) if stored else None
    return one.planned and not practice.frozen and (due_at is None or due_at > practice.now)


def cancel(practice: Practice, number: int, stop: Stop | None) -> None:
    if one := _nth(practice, number):
        work = practice.site.container.close_booking().cancel(
            ADMINS[one.organization_id], one.id, expected_version=None
        )
        _change(
            practice, "cancel", one.id, work, lambda was: _closed(was, "cancelled"), _closing_refused(practice), stop
        )


def restore(practice: Practice, number: int, stop: Stop | None) -> None:
    """Of the cancelled ones: its slot may be taken by now, its consultant not connected."""
    if one := _nth(practice, number, status="cancelled"):
        wanted = replace(one, status="planned")
        usable = _usable(practice, wanted.host)

        def refused(life: Life, error: CalendraError) -> None:
            if practice.undisturbed(life):
                _justified(practice, life, error, wanted, usable)

        work = practice.site.container.restore_booking()(ADMINS[one.organization_id], one.id, expected_version=None)
        _change(practice, "restore", one.id, work, _restored, refused, stop)


def _restored(was: Agreed) -> Agreed:
    return replace(was, status="planned") if was.status == "cancelled" else was


def delete(practice: Practice, number: int, stop: Stop | None) -> None:
    if one := _nth(practice, number):
        work = practice.site.container.close_booking().delete(
            ADMINS[one.organization_id], one.id, expected_version=None
        )
        refused = _closing_refused(practice)
        _change(practice, "delete", one.id, work, lambda was: _closed(was, "deleted"), refused, stop)


def _closed(was: Agreed, status: str) -> Agreed:
    return was if was.status == "deleted" else replace(was, status=status)


def _closing_refused(practice: Practice) -> Callable[[Life, CalendraError], None]:
    def refused(life: Life, error: CalendraError) -> None:
        practice.must_be_true(isinstance(error, NotFound) and life.ever_stopped, error, "closing a session")

    return refused


def _change(
    practice: Practice, what: str, booking_id: UUID, work: object, after: Callable[[Agreed], Agreed],
    refused: Callable[[Life, CalendraError], None], stop: Stop | None,
) -> None:  # fmt: skip
    done: list[bool] = []

    def heard(life: Life) -> None:
        if done:
            return
        was = practice.memory.agreed[booking_id]
        error = refusal(life)
        if error:
            refused(life, error)
            return
        wanted = after(was)
        ended = life.over and not life.dead
        if (ended or wanted != was) and is_stored(practice, wanted):
            practice.memory.change(wanted)
            done.append(True)
        elif ended:
            raise Violation("lost", f"{what} of session {booking_id} was confirmed and is not stored")

    practice.do(what, work, stop, heard)  # type: ignore[arg-type]


def is_stored(practice: Practice, one: Agreed) -> bool:
    stored = practice.stored(one.organization_id, one.id)
    if stored is None:
        return one.status == "deleted"
    return (stored.details, stored.status.value) == (one.details, one.status)


def _nth(practice: Practice, number: int, *, status: str | None = None) -> Agreed | None:
    known = [one for one in practice.memory.agreed.values() if one.status != "deleted" and status in (None, one.status)]
    return known[number % len(known)] if known else None
