"""Bad input names the field and the rule, and stores nothing."""

import json
from typing import Any
from uuid import uuid4

from tests.integration.http.conftest import Api

PAST = {"starts_at": "2026-01-05T09:00:00Z", "ends_at": "2026-01-05T09:50:00Z"}
HOUR = ("2027-09-01T09:00:00Z", "2027-09-01T08:00:00Z", "2027-09-02T10:00:00Z")
JSON = {"content-type": "application/json"}

WRONG: dict[str, tuple[dict[str, Any], int, str]] = {
    "start without offset": ({"starts_at": "2027-09-01T09:00:00"}, 422, "starts_at: no_utc_offset"),
    "end without offset": ({"ends_at": "2027-09-01T09:00:00"}, 422, "ends_at: no_utc_offset"),
    "end before start": ({"starts_at": HOUR[0], "ends_at": HOUR[1]}, 422, "ends_at: ends_before_start"),
    "end at start": ({"starts_at": HOUR[0], "ends_at": HOUR[0]}, 422, "ends_at: ends_before_start"),
    "25 hours": ({"starts_at": HOUR[0], "ends_at": HOUR[2]}, 422, "ends_at: session_too_long"),
    "4:59 minutes": (
        {"starts_at": HOUR[0], "ends_at": "2027-09-01T09:04:59Z"},
        422,
        "ends_at: session_too_short",
    ),
    "no time at all": ({"starts_at": "tomorrow"}, 400, "starts_at: not_a_time"),
    "absurd year": (
        {"starts_at": "9999-12-31T23:00:00Z", "ends_at": "9999-12-31T23:50:00Z"},
        422,
        "starts_at: year_out_of_range",
    ),
    "unknown zone": ({"zone": "Europe/Atlantis"}, 422, "zone: not_a_time_zone"),
    "zone as a path": ({"zone": "../../etc/passwd"}, 422, "zone: not_a_time_zone"),
    "title of 301": ({"title": "t" * 301}, 422, "title: text_too_long"),
    "title with a control character": ({"title": "First\u0000 talk"}, 422, "title: control_characters"),
    "title with a line break": ({"title": "First\ntalk"}, 422, "title: control_characters"),
    "notes with a control character": ({"notes": "one\u0007"}, 422, "notes: control_characters"),
    "notes too long": ({"notes": "n" * 10_001}, 422, "notes: text_too_long"),
    "no client": ({"client_ids": []}, 422, "client_ids: no_client"),
    "unknown client": ({"client_ids": [str(uuid4())]}, 422, "client_ids: unknown_client"),
    "101 clients": ({"client_ids": [str(uuid4()) for _ in range(101)]}, 422, "client_ids: too_many_clients"),
    "unknown consultant": ({"consultant_id": str(uuid4())}, 422, "consultant_id: unknown_consultant"),
    "no id": ({"consultant_id": "Ana"}, 400, "consultant_id: not_an_id"),
    "online without provider": ({"online": True}, 422, "provider: no_provider"),
    "provider without online": ({"provider": "north"}, 422, "provider: provider_in_person"),
    "unknown provider": ({"online": True, "provider": "carrier-pigeon"}, 422, "provider: unknown_provider"),
    "online in the past": ({"online": True, "provider": "north", **PAST}, 422, "starts_at: online_in_the_past"),
    "unknown field": ({"colour": "red"}, 400, "data: unknown_field"),
    "wrong type": ({"online": "yes"}, 400, "online: wrong_type"),
}
EDITS: list[tuple[dict[str, Any], str]] = [
    ({"ends_at": HOUR[0]}, "ends_at: ends_before_start"),
    ({"ends_at": "2027-09-01T09:01:00Z"}, "ends_at: session_too_short"),
    ({"zone": "Mars/Base"}, "zone: not_a_time_zone"),
    ({"title": "t" * 301}, "title: text_too_long"),
    ({"client_ids": []}, "client_ids: no_client"),
    ({"online": True}, "provider: no_provider"),
]
WEEKS = "start=2027-01-01T00:00:00Z&until=2027-02-01T00:00:00Z"
QUERIES: dict[str, tuple[int, str]] = {
    "start=2027-01-01T00:00:00&until=2027-02-01T00:00:00Z": (422, "start: no_utc_offset"),
    "start=2027-02-01T00:00:00Z&until=2027-01-01T00:00:00Z": (422, "until: range_ends_before_start"),
    "start=2027-01-01T00:00:00Z&until=2029-01-01T00:00:00Z": (422, "until: range_too_long"),
    f"{WEEKS}&limit=0": (422, "limit: page_size"),
    f"{WEEKS}&limit=501": (422, "limit: page_size"),
    "start=soon&until=2027-02-01T00:00:00Z": (400, "start: not_a_time"),
    "until=2027-02-01T00:00:00Z": (400, "start: missing"),
    f"{WEEKS}&only=mine": (400, "only: not_offered"),
    **{
        f"{WEEKS}&cursor={one}": (422, "cursor: not_a_cursor")
        for one in ("nonsense", "e30", "=", "MjAyNy0wMS0wMXx4", "%00")
    },
}


async def test_a_wrong_form_names_the_field_and_stores_nothing(api: Api) -> None:
    before, answered = api.site.rows(), {}
    for name, (changes, _, _) in WRONG.items():
        answered[name] = await api.refused("Ana", "POST", "/api/bookings", json=api.form() | changes)
    codes = {400: "malformed", 422: "invalid_input"}
    assert answered == {name: (status, codes[status], [field]) for name, (_, status, field) in WRONG.items()}
    assert api.site.rows() == before
    assert (await api.booked("Ana", **PAST))["meeting"]["status"] == "none", "a session in person is noted afterwards"


async def test_an_edit_obeys_the_same_rules(api: Api) -> None:
    session = await api.booked("Ana")
    path = f"/api/bookings/{session['id']}"
    for changes, field in EDITS:
        assert await api.refused("Ana", "PATCH", path, json=changes) == (422, "invalid_input", [field])
    assert await api.told("Ana", path) == session


async def test_a_bad_query_names_its_parameter(api: Api) -> None:
    answered = {query: await api.refused("Ana", "GET", f"/api/bookings?{query}") for query in QUERIES}
    assert {query: (status, fields[0]) for query, (status, _, fields) in answered.items()} == QUERIES


async def test_a_bad_header_names_itself(api: Api) -> None:
    path = f"/api/bookings/{api.practice.things['booking_id']}"
    for etag in ("nonsense", '"x-1"', '""', '"99999999999999999999-a"'):
        refused = await api.refused("Ana", "PATCH", path, json={"title": "x"}, headers={"If-Match": etag})
        assert refused == (422, "invalid_input", ["If-Match: not_an_etag"]), etag
    for key in ("", "k" * 256, "a\tb"):
        refused = await api.refused("Ana", "POST", "/api/bookings", json=api.form(), headers={"Idempotency-Key": key})
        assert refused == (422, "invalid_input", ["Idempotency-Key: not_an_idempotency_key"]), key


async def test_a_body_that_is_no_form_or_too_large(api: Api) -> None:
    broken = {
        b"": "data: no_body",
        b"{": "data: not_json",
        b"[]": "data: wrong_type",
        b"null": "data: wrong_type",
        b'"text"': "data: wrong_type",
        b"[" * 100_000: "data: nested_too_deeply",
        b'{"title": "Ren\xe9"}': "data: not_utf8",
    }
    for body, rule in broken.items():
        refused = await api.refused("Ana", "POST", "/api/bookings", content=body, headers=dict(JSON))
        assert refused == (400, "malformed", [rule]), body[:20]
    large = json.dumps(api.form(notes="n" * 2_000_000)).encode()
    assert (await api.refused("Ana", "POST", "/api/bookings", content=large, headers=dict(JSON)))[:2] == (
        413,
        "too_large",
    )


async def test_a_broken_rule_comes_with_its_data_and_sentences(api: Api) -> None:
    asked: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (
            {"name": "Eva", "email": 1},
            {"field": "email", "code": "wrong_type", "data": {"expected": "str", "found": "int"}},
        ),
        ({"email": "eva@example.org"}, {"field": "name", "code": "missing"}),
        ({"name": "Eva", "colour": 1}, {"field": "data", "code": "unknown_field", "data": {"name": "colour"}}),
        ({"name": "n" * 201}, {"field": "name", "code": "text_too_long", "data": {"length": 201, "longest": 200}}),
    ]
    for body, told in asked:
        [wrong] = (await api.ask("Ana", "POST", "/api/clients", json=body)).json()["fields"]
        sentences = {wrong.pop("detail"), wrong.pop("next")}
        assert wrong == told
        assert all(sentence.endswith(".") for sentence in sentences), sentences
    many = (await api.ask("Ana", "POST", "/api/clients", json={"name": "n" * 201})).json()
    assert many["detail"] == "name: The text has 201 characters; at most 200 are allowed."
    assert many["next"] == "Shorten it."
