"""The codes of the audit log cover what the program can record."""

from dataclasses import fields

from domain import provider_errors
from domain.audit.action import Action
from domain.audit.facts import ChangedField
from domain.audit.outcome import FAILURES, SUCCESSES, Outcome
from domain.booking.edits import Edits
from domain.errors import ProviderError
from domain.failure_reason import FailureReason
from domain.meeting.meeting_state import MeetingReason
from domain.meeting.steps import Operation


def test_each_failure_of_a_provider_has_an_outcome() -> None:
    kinds = [one for one in vars(provider_errors).values() if isinstance(one, type) and issubclass(one, ProviderError)]
    codes = {one.code for one in kinds if one is not ProviderError}
    assert codes == {one.value for one in Outcome} - SUCCESSES - {Outcome.AUTHORIZATION_ENDED}
    assert Outcome.MEETING_GONE not in SUCCESSES | FAILURES


def test_each_call_is_an_action() -> None:
    assert {Action(one) for one in Operation}


def test_each_failure_reason_explains_a_meeting() -> None:
    assert {MeetingReason(one) for one in FailureReason}


def test_each_field_that_can_change_has_a_code() -> None:
    assert {field.name for field in fields(Edits)} <= set(ChangedField)
    assert {"name", "zone", "language", "email", "phone"} <= set(ChangedField)
