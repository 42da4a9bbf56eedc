"""Edits with only some of the fields leave the others unchanged."""

from datetime import timedelta

from domain.booking.edits import Edits
from domain.rule import Rule
from tests.breaking import breaks
from tests.builders import BOR, CLIENT, HOUR, NOW, OTHER_PROVIDER, PROVIDER, details


def test_nothing_named_changes_nothing() -> None:
    assert Edits().apply(details()) == details()
    assert Edits().named == ()


def test_only_what_is_named_changes() -> None:
    edits = Edits(consultant_id=BOR, title="", notes="new")
    assert edits.apply(details(title="Old")) == details(consultant_id=BOR, title="", notes="new")
    assert edits.named == ("consultant_id", "title", "notes")


def test_a_start_alone_moves_only_the_start() -> None:
    edited = Edits(starts_at=NOW + timedelta(hours=24.5)).apply(details())
    assert edited.slot.duration == HOUR / 2


def test_a_start_after_the_end_is_refused() -> None:
    with breaks(Rule.ENDS_BEFORE_START, "ends_at"):
        Edits(starts_at=NOW + timedelta(hours=26)).apply(details())


def test_switching_online_off_clears_the_provider() -> None:
    assert Edits(online=False).apply(details()) == details(provider=None)


def test_switching_online_on_needs_a_provider() -> None:
    with breaks(Rule.NO_PROVIDER, "provider"):
        Edits(online=True).apply(details(provider=None))
    assert Edits(online=True, provider=PROVIDER).apply(details(provider=None)) == details()


def test_another_provider_keeps_the_session_online() -> None:
    assert Edits(provider=OTHER_PROVIDER).apply(details()) == details(provider=OTHER_PROVIDER)


def test_a_provider_for_an_offline_session_is_refused() -> None:
    with breaks(Rule.PROVIDER_IN_PERSON, "provider"):
        Edits(provider=PROVIDER).apply(details(provider=None))
    with breaks(Rule.PROVIDER_IN_PERSON, "provider"):
        Edits(online=False, provider=PROVIDER).apply(details())


def test_all_clients_cannot_be_taken_away() -> None:
    with breaks(Rule.NO_CLIENT, "client_ids"):
        Edits(client_ids=()).apply(details(client_ids=(CLIENT,)))
