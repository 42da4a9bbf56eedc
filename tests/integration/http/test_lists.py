"""Lists: ranges, pages by cursor, filters, text."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from tests.browser import Browser
from tests.integration.http.forms import booked, consultant, form, online
from tests.real_processes import ADMIN, ANA, BORIS, Service

FAR = "start=2027-06-01T00:00:00Z&until=2028-06-30T00:00:00Z"


def pages(browser: Browser, query: str) -> list[list[dict[str, Any]]]:
    found, cursor = [], ""
    while True:
        page = browser.api("GET", f"/api/bookings?{query}{cursor}").raise_for_status().json()
        found.append(page["items"])
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


def test_pages_hold_every_session_once_in_order(calendra: Service) -> None:
    boris, word = calendra.browser(BORIS), uuid4().hex
    made = [booked(boris, form(boris, BORIS, title=f"{word} {number}"))["id"] for number in range(7)]
    for direction, expected in (("", made), ("&descending=true", made[::-1])):
        found = pages(boris, f"{FAR}&text={word}&limit=3{direction}")
        assert [len(page) for page in found] == [3, 3, 1]
        assert [one["id"] for page in found for one in page] == expected


def test_text_finds_title_notes_and_clients_and_knows_no_wildcards(calendra: Service) -> None:
    boris, word = calendra.browser(BORIS), uuid4().hex[:12]
    session = booked(boris, form(boris, BORIS, title=f"100% {word}_", notes=f"Say {word}notes"))
    client = session["clients"][0]["name"]

    def ids(text: str) -> list[str]:
        [found] = pages(boris, f"{FAR}&limit=200&{urlencode({'text': text})}")
        return [one["id"] for one in found]

    assert ids(f"100% {word}_") == [session["id"]]
    assert ids(f"{word}notes".upper()) == [session["id"]]
    assert session["id"] in ids(client)
    assert ids(f"100_ {word}") == []


def test_text_finds_a_clients_address(calendra: Service) -> None:
    boris = calendra.browser(BORIS)
    email = f"{uuid4().hex}@example.org"
    client = boris.api("POST", "/api/clients", json={"name": "Nika", "email": email}).json()
    session = booked(boris, form(boris, BORIS, client_ids=[client["id"]]))
    [found] = pages(boris, f"{FAR}&{urlencode({'text': email[:20]})}")
    assert [one["id"] for one in found] == [session["id"]]


def test_only_sessions_of_a_kind(calendra: Service) -> None:
    ana, word = calendra.browser(ANA), uuid4().hex
    in_person = booked(ana, form(ana, ANA, title=f"{word} in person"))
    ready = booked(ana, online(ana, ANA, title=f"{word} online"))
    cancelled = booked(ana, online(ana, ANA, title=f"{word} cancelled"))
    ana.api("POST", f"/api/bookings/{cancelled['id']}/cancel").raise_for_status()
    [before] = consultant(ana, ANA)["connections"]
    calendra.zoom.fault("create", "daily_limit", account=ANA)
    risky = booked(ana, online(ana, ANA, title=f"{word} waiting"))

    def ids(only: str) -> set[str]:
        [found] = pages(ana, f"{FAR}&text={word}&limit=500&only={only}")
        return {one["id"] for one in found}

    assert ids("cancelled") == {cancelled["id"]}
    assert ids("planned") == {in_person["id"], ready["id"], risky["id"]}
    assert ids("online") == {ready["id"], risky["id"]}
    assert ids("at_risk") == {risky["id"]}
    [after] = consultant(ana, ANA)["connections"]
    assert (after["upcoming"], after["at_risk"]) == (before["upcoming"] + 1, before["at_risk"] + 1)
    assert after["last_success_at"] == before["last_success_at"]
    assert after["last_error"]["reason"] == "provider_try_later"
    assert after["last_error"]["at"] > after["last_success_at"]
    wrong = ana.api("GET", f"/api/bookings?{FAR}&only=mine")
    assert (wrong.status_code, wrong.json()["fields"][0]["field"]) == (400, "only")


def test_consultants_see_their_own_admins_all_or_one(calendra: Service) -> None:
    ana, boris, admin = (calendra.browser(who) for who in (ANA, BORIS, ADMIN))
    hers, his = booked(ana, form(ana, ANA)), booked(boris, form(boris, BORIS))

    def whose(browser: Browser, more: str = "") -> set[str]:
        return {one["consultant_id"] for page in pages(browser, f"{FAR}&limit=200{more}") for one in page}

    assert whose(ana) == {hers["consultant_id"]}
    assert whose(admin) >= {hers["consultant_id"], his["consultant_id"]}
    assert whose(admin, f"&consultant_id={his['consultant_id']}") == {his["consultant_id"]}
    refused = ana.api("GET", f"/api/bookings?{FAR}&consultant_id={his['consultant_id']}")
    assert refused.status_code == 404


def test_clients_by_their_ids(calendra: Service) -> None:
    ana = calendra.browser(ANA)
    known = ana.api("GET", "/api/clients").json()
    wanted = [known[2]["id"], known[0]["id"], str(uuid4())]
    assert ana.api("GET", "/api/clients", params={"ids": wanted}).json() == [known[0], known[2]]
    assert ana.api("GET", "/api/clients", params={"ids": wanted[:1]}).json() == [known[2]]
    many = ana.api("GET", "/api/clients", params={"ids": [str(uuid4()) for _ in range(101)]})
    assert (many.status_code, many.json()["fields"][0]["field"]) == (422, "ids")
    wrong = ana.api("GET", "/api/clients", params={"ids": "x"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "malformed")
