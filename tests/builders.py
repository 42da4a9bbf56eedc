"""Builders of valid domain values for tests; a test states only the values that it is about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from domain.accounts.account import Account, Role
from domain.booking.booking import Booking, BookingDetails
from domain.connection.connection import Connection, ProviderAccount
from domain.connection.token_set import TokenSet
from domain.errors import ProviderError
from domain.lease import Lease
from domain.meeting.answers import Answer
from domain.meeting.host import Host
from domain.meeting.meeting import HeldMeeting
from domain.meeting.meeting_state import NO_MEETING, MeetingReason, MeetingState, MeetingStatus
from domain.meeting.steps import Step
from domain.slot import Slot

NOW = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
ZONE = "Europe/Ljubljana"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LEASE = MINUTE
PROVIDER = "meetwell"
OTHER_PROVIDER = "gather"

PRACTICE = UUID(int=1)
ANA, BOR, CLIENT = UUID(int=11), UUID(int=12), UUID(int=21)


def account(*roles: Role, account_id: UUID = ANA, practice: UUID = PRACTICE, name: str = "Ana") -> Account:
    kinds = frozenset(roles or (Role.CONSULTANT,))
    return Account(practice, account_id, f"{name.lower()}@example.com", name, kinds, ZONE)


def slot(hours: float = 24, length: timedelta = HOUR) -> Slot:
    """A slot that starts `hours` after NOW."""
    starts_at = NOW + timedelta(hours=hours)
    return Slot(starts_at, starts_at + length, ZONE)


def details(
    *,
    hours: float = 24,
    length: timedelta = HOUR,
    consultant_id: UUID = ANA,
    client_ids: tuple[UUID, ...] = (CLIENT,),
    title: str = "Session",
    notes: str = "",
    provider: str | None = PROVIDER,
) -> BookingDetails:
    """Booking details of an online session, unless `provider` is None."""
    return BookingDetails(consultant_id, client_ids, slot(hours, length), title, notes, provider is not None, provider)


def booking(wanted: BookingDetails | None = None) -> Booking:
    return Booking.plan(PRACTICE, uuid4(), wanted or details(), now=NOW)


def lease(now: datetime = NOW) -> Lease:
    return Lease(uuid4(), now + LEASE)


def held(meeting_id: str = "m-1") -> HeldMeeting:
    return HeldMeeting(meeting_id, f"https://meet.example.com/{meeting_id}")


def begun(one: Booking, now: datetime = NOW) -> tuple[Booking, Step, Lease]:
    """The booking with its next step begun."""
    mine = lease(now)
    started, step = one.begin(mine, now)
    assert step is not None
    return started, step, mine


def reconciled(one: Booking, *answers: Answer | ProviderError, now: datetime = NOW) -> tuple[Booking, Step | None]:
    """The booking after one process recorded these answers, and the step that it began after the last one."""
    mine = lease(now)
    one, step = one.begin(mine, now)
    for answer in answers:
        assert step is not None
        one, step = one.record(step, answer, now, by=mine).begin(mine, now)
    return one, step


def answered(one: Booking, *answers: Answer | ProviderError, now: datetime = NOW) -> Booking:
    return reconciled(one, *answers, now=now)[0]


def ready(wanted: BookingDetails | None = None, meeting_id: str = "m-1") -> Booking:
    """A booking whose meeting the provider has confirmed."""
    return answered(booking(wanted), held(meeting_id))


def edited(one: Booking, wanted: BookingDetails, now: datetime = NOW) -> Booking:
    return one.edit(wanted, expected_version=None, now=now)


def token_set(
    number: int = 1, *, ends_at: datetime = NOW + HOUR, scopes: frozenset[str] = frozenset({"write"})
) -> TokenSet:
    return TokenSet(f"access-{number}", f"refresh-{number}", ends_at, scopes)


def provider_account(user_id: str = "user-1", email: str = "ana@provider.example") -> ProviderAccount:
    return ProviderAccount(user_id, "account-1", email, "Ana at the provider", "licensed")


def connection(consultant_id: UUID = ANA, *, held_by: ProviderAccount | None = None) -> Connection:
    who = held_by or provider_account()
    return Connection.agree(Host(PRACTICE, consultant_id, PROVIDER), uuid4(), who, token_set(), now=NOW)


def state(status: MeetingStatus, reason: str = "", detail: str = "", **rest: Any) -> MeetingState:
    return replace(NO_MEETING, status=status, reason=MeetingReason(reason) if reason else None, detail=detail, **rest)
