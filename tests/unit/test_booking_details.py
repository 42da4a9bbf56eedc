"""The rules of the session form."""

from uuid import UUID, uuid4

import pytest

from domain.booking.booking import LONGEST_NOTES, LONGEST_TITLE, MOST_CLIENTS, UNTITLED, BookingDetails
from domain.errors import Invalid
from domain.meeting.meeting import DesiredMeeting, MeetingDetails
from domain.rule import Rule
from tests.breaking import breaks
from tests.builders import ANA, CLIENT, NOW, PROVIDER, details, slot


def _refused_field(**wrong: object) -> object:
    with pytest.raises(Invalid) as refusal:
        details(**wrong)  # type: ignore[arg-type]
    assert refusal.value.next
    return refusal.value.field


def test_the_same_client_twice_is_once() -> None:
    other = uuid4()
    assert details(client_ids=(CLIENT, other, CLIENT)).client_ids == (CLIENT, other)


def test_there_is_at_least_one_client_and_at_most_a_hundred() -> None:
    assert _refused_field(client_ids=()) == "client_ids"
    assert len(details(client_ids=_people(MOST_CLIENTS)).client_ids) == MOST_CLIENTS
    assert _refused_field(client_ids=_people(MOST_CLIENTS + 1)) == "client_ids"


def _people(number: int) -> tuple[UUID, ...]:
    return tuple(uuid4() for _ in range(number))


def test_titles_and_notes_have_a_limit() -> None:
    assert details(title="t" * LONGEST_TITLE).title == "t" * LONGEST_TITLE
    assert _refused_field(title="t" * (LONGEST_TITLE + 1)) == "title"
    assert _refused_field(notes="n" * (LONGEST_NOTES + 1)) == "notes"


def test_online_and_provider_belong_together() -> None:
    with breaks(Rule.NO_PROVIDER, "provider"):
        BookingDetails(ANA, (CLIENT,), slot(), "", "", online=True, provider=None)
    with breaks(Rule.PROVIDER_IN_PERSON, "provider"):
        BookingDetails(ANA, (CLIENT,), slot(), "", "", online=False, provider=PROVIDER)


def test_an_offline_session_wishes_no_meeting() -> None:
    assert details(provider=None).desired is None


def test_a_wish_tells_the_provider_neither_clients_nor_notes() -> None:
    desired = details(title="Talk", notes="secret").desired
    assert desired == DesiredMeeting(PROVIDER, ANA, MeetingDetails("Talk", slot()))


def test_a_session_without_a_title_gets_a_neutral_one_at_the_provider() -> None:
    desired = details(title=" ").desired
    assert desired is not None
    assert desired.details.topic == UNTITLED


@pytest.mark.parametrize("hours", [-1, 0])
def test_an_online_session_does_not_start_in_the_past(hours: float) -> None:
    with pytest.raises(Invalid) as refusal:
        details(hours=hours).must_not_begin_in_the_past(NOW)
    assert refusal.value.field == "starts_at"


def test_an_offline_session_may_be_written_down_afterwards() -> None:
    details(hours=-30, provider=None).must_not_begin_in_the_past(NOW)
