"""The fingerprint of a request: the same in every release, for every spelling of the same request, and for no other."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest

from domain.accounts.account import Role
from domain.accounts.invitation import Invitation
from domain.booking.booking import BookingDetails
from domain.clients.client import Client
from domain.clients.contact_note import ContactNote
from domain.connection.connect_link import ConnectLink
from domain.creation import Creation, fingerprint, object_id_of
from domain.errors import KeyReused
from domain.slot import Slot

HERE, ANA, EVA, FILIP = (UUID(int=number) for number in range(1, 5))
NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _details(**changed: Any) -> BookingDetails:
    form: dict[str, Any] = {
        "consultant_id": ANA,
        "client_ids": (EVA, FILIP),
        "slot": Slot(NOON, NOON + HOUR, "Europe/Ljubljana"),
        "title": "Pogovor č",
        "notes": "two\nlines",
        "online": True,
        "provider": "meetwell",
    }
    return BookingDetails(**form | changed)


BOTH = frozenset({Role.ADMIN, Role.CONSULTANT})
# Stored fingerprints are compared with those of later releases: these digests must not change. The first is
# printf '%s' '{"email":"eva@example.com","kind":"client","name":"Eva Č"}' | sha256sum
GOLDEN: dict[str, tuple[Mapping[str, object], str]] = {
    "client": (
        Client(HERE, EVA, "Eva Č", "eva@example.com").requested,
        "d319dca72d8f11f7d295312eb0a33e4ed9379e4e0a0aa60f934d81f5db022735",
    ),
    "client with a number": (
        Client(HERE, EVA, "Eva", "eva@example.com", "+386 1 234").requested,
        "4a99e6a5abaac8b351288316ac3b4d7e87bbb408736dea169eac583df9662722",
    ),
    "booking": (_details().requested, "86bacccf318a015e3a7e2d8b84ee9cc8e851efc16ec934e1ec9b44d1fbcf4121"),
    "booking in person": (
        _details(online=False, provider=None, title="", notes="").requested,
        "f39b2862b8fbb3c1e6bbd0cb50ad0e504aa9008d95ed651345a1403f969a5ac5",
    ),
    "contact note": (
        ContactNote(HERE, FILIP, EVA, date(2027, 2, 1), "Called.", ANA, NOON).requested,
        "1143577e735283c1396e9e2efa69bd6eaf20908db1d25762620ba1c025e17e32",
    ),
    "invitation": (
        Invitation(HERE, EVA, b"", "eva@example.com", "Eva", BOTH, ANA, NOON).requested,
        "b5ea36786e107166302e7ca3f1b944a27d4cb7d0c61bbddeb92a4b402253e5e4",
    ),
    "connect link": (
        ConnectLink(HERE, b"", ANA, "meetwell", EVA, NOON).requested,
        "0a12954a7cf1b9b58736466f7333974118a2895f7a01efc95000c064e0da2bcc",
    ),
}


@pytest.mark.parametrize("kind", GOLDEN)
def test_a_fingerprint_is_the_same_in_every_release(kind: str) -> None:
    requested, digest = GOLDEN[kind]
    assert fingerprint(requested) == digest


def test_spellings_of_the_same_request_have_the_same_fingerprint() -> None:
    """Another offset from UTC, another order of the fields, and fields that this request leaves empty."""
    there = timezone(timedelta(hours=2))
    elsewhere = Slot(NOON.astimezone(there), (NOON + HOUR).astimezone(there), "Europe/Ljubljana")
    assert fingerprint(_details(slot=elsewhere).requested) == fingerprint(_details().requested)
    assert fingerprint({"b": "1", "a": NOON.astimezone(there)}) == fingerprint({"a": NOON, "b": "1"})
    empty: dict[str, object] = {
        "later": None,
        "text": "",
        "list": [],
        "set": frozenset[str](),
        "object": {},
        "switch": False,
    }
    assert fingerprint({"a": "1", **empty}) == fingerprint({"a": "1"})
    assert fingerprint({"roles": BOTH}) == fingerprint({"roles": ["admin", "consultant"]})


@pytest.mark.parametrize(
    "changed",
    [
        {"consultant_id": EVA},
        {"client_ids": (FILIP, EVA)},
        {"client_ids": (EVA,)},
        {"slot": Slot(NOON, NOON + 2 * HOUR, "Europe/Ljubljana")},
        {"slot": Slot(NOON - HOUR, NOON + HOUR, "Europe/Ljubljana")},
        {"slot": Slot(NOON, NOON + HOUR, "UTC")},
        {"title": "Pogovor c"},
        {"notes": "two lines"},
        {"provider": "other"},
        {"online": False, "provider": None},
    ],
    ids=str,
)
def test_every_detail_of_a_booking_counts(changed: dict[str, Any]) -> None:
    assert fingerprint(_details(**changed).requested) != fingerprint(_details().requested)


def test_texts_cannot_pass_for_other_values() -> None:
    values: list[object] = [True, "true", "True", [True], ["true"], {"true": "true"}, str(EVA), [EVA], "\ud800", '"']
    assert len({fingerprint({"it": value}) for value in values}) == len(values)
    assert fingerprint({"it": EVA}) == fingerprint({"it": str(EVA)})


def test_a_value_without_a_plain_form_is_refused() -> None:
    for value in (object(), 1.5, b"x", timedelta(1)):
        with pytest.raises(TypeError):
            fingerprint({"it": value})


def test_a_repetition_is_told_by_its_content_unless_that_was_erased() -> None:
    made = Creation.of(HERE, EVA, {"kind": "client", "name": "Eva"}, at=NOON)
    later = Creation.of(HERE, EVA, {"name": "Eva", "kind": "client"}, at=NOON + HOUR)
    other = Creation.of(HERE, EVA, {"kind": "client", "name": "Ela"}, at=NOON)
    later.must_repeat(made)
    with pytest.raises(KeyReused):
        other.must_repeat(made)
    other.must_repeat(Creation(HERE, EVA, made.object_id, None, NOON))
    assert later.object_id != made.object_id == object_id_of(EVA, NOON)
