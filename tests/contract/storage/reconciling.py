"""A booking's way through its steps, as the use case takes it, without a provider."""

from datetime import timedelta
from uuid import uuid4

from domain.booking.booking import Booking
from domain.errors import ProviderError
from domain.lease import Lease
from domain.meeting.answers import Answer
from domain.meeting.meeting import HeldMeeting
from domain.meeting.steps import Step
from tests.contract.storage.practice import NOW

LEASE = timedelta(minutes=1)


def begun(booking: Booking) -> tuple[Booking, Step]:
    lease = Lease(uuid4(), NOW + LEASE)
    started, step = booking.begin(lease, NOW)
    assert step is not None
    return started, step


def reconciled(booking: Booking, answer: Answer | ProviderError) -> Booking:
    """One step, answered, and the lease given back."""
    started, step = begun(booking)
    answered = started.record(step, answer, NOW)
    assert started.lease is not None
    return answered.begin(started.lease, NOW)[0]


def online(booking: Booking, meeting_id: str = "m-1") -> Booking:
    return reconciled(booking, HeldMeeting(meeting_id, f"https://meet.example.com/{meeting_id}"))
