"""Two practices side by side: nothing of one can be found, named, counted or observed in the other."""

import asyncio
import inspect
from base64 import urlsafe_b64encode
from uuid import uuid4

import pytest

from domain.ports import booking_views, bookings, changes, connections, drafts, joining, people, records
from tests.integration.security.practices import Practice, practice
from tests.integration.security.rules import RANGE, SLOT
from tests.integration.security.site import Site, ask, in_memory, with_processes
from tests.joining import token_of
from tests.real_processes import Service
from tests.tally import tally

# What is asked without an organization, each with the reason.
WITHOUT = {
    "Bookings.lease_due": "the worker serves all practices; it answers with the organization of each",
    "Connections.of_provider_user": "a webhook event and a consent name a provider's user only",
    "Connections.idle": "the worker serves all practices",
    "Connections.disconnecting": "the worker serves all practices",
    "Connections.with_unverified_removals": "the worker serves all practices",
    "Connections.to_be_swept": "the worker serves all practices",
    "Bookings.of_meeting": "a webhook event names a provider's meeting only",
    "AuthorizationRequests.remove_started_before": "the clean-up serves all practices",
    "Drafts.remove_saved_before": "the clean-up serves all practices",
    "ConnectLinks.remove_made_before": "the clean-up serves all practices",
    "LoginSessions.remove_made_before": "the clean-up serves all practices",
    "LoginSessions.remove_unused_since": "the clean-up serves all practices",
    "KnownBrowsers.remove_used_before": "the clean-up serves all practices",
    "LoginAttempts.to_count": "who tries a password does not say to which practice they belong",
    "LoginAttempts.save": "the same",
    "LoginAttempts.remove_forgotten_before": "the clean-up serves all practices",
    "People.account_by_email": "who signs in does not say to which practice they belong",
    "People.person_by_email": "the operator names a person by the address, and it is unique over all practices",
    "People.any_organization": "a server without any practice offers to set up the first one",
    "Invitations.remove_made_before": "the clean-up serves all practices",
    "Foundings.remove_made_before": "the clean-up serves all practices",
    "ResetLinks.remove_made_before": "the clean-up serves all practices",
    "Creations.remove_asked_before": "the clean-up serves all practices",
    "ProcessedEvents.first_time": "a webhook event is the provider's and names no practice",
    "ProcessedEvents.remove_seen_before": "the clean-up serves all practices",
    "ChangeSignal.wait_for_change": "the worker sleeps until there is something to do anywhere",
}
CARRIERS = (
    "Booking", "Connection", "AuthorizationRequest", "Draft", "ConnectLink", "Account", "Client", "LoginSession",
    "KnownBrowser", "AuditEntry", "Receipt", "Organization", "Host", "Invitation", "Founding",
    "ResetLink", "Creation",
)  # fmt: skip


def test_every_question_to_the_storage_names_the_organization() -> None:
    """By itself, or with a value that belongs to one; what does not is listed above with its reason."""
    without = set()
    for module in (booking_views, bookings, changes, connections, drafts, joining, people, records):
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ == module.__name__ and getattr(kind, "_is_protocol", False):
                methods = inspect.getmembers(kind, inspect.isfunction)
                without |= {f"{name}.{method}" for method, asks in methods if method[0] != "_" and not _named(asks)}
    assert without == set(WITHOUT)


def _named(asks: object) -> bool:
    parameters = inspect.signature(asks).parameters  # type: ignore[arg-type]
    kinds = (getattr(one.annotation, "__name__", "") for one in parameters.values())
    return "organization_id" in parameters or any(kind in CARRIERS for kind in kinds)


async def test_lists_searches_and_filters_find_ones_own_only() -> None:
    async with in_memory() as (site, _):
        here, there = await practice(site, 0), await practice(site, 1)
        await _nothing_is_found(here, there)


async def test_the_same_with_postgres(served: Service) -> None:
    async with with_processes(served) as site:
        here, there = await practice(site, 0), await practice(site, 1)
        await _nothing_is_found(here, there)
        await _same_addresses(site, here, there)


async def _nothing_is_found(here: Practice, there: Practice) -> None:
    things = here.things
    cursor = (await ask(here.browsers["Admin"], "GET", f"/api/bookings?{RANGE}&limit=1")).json()
    assert [one["id"] for one in cursor["items"]] == [things["booking_id"]]
    paths = [
        f"/api/bookings?{RANGE}", f"/api/bookings?{RANGE}&consultant_id={things['consultant_id']}",
        f"/api/bookings?{RANGE}&text={things['title']}", f"/api/bookings?{RANGE}&text={things['client_email']}",
        f"/api/bookings?{RANGE}&text=%25", f"/api/bookings?{RANGE}&text=_", f"/api/bookings?{RANGE}&descending=true",
        *(f"/api/bookings?{RANGE}&only={only}" for only in ("planned", "cancelled", "online", "at_risk")),
        f"/api/bookings?{RANGE}&cursor={_cursor()}", "/api/clients", "/api/clients?text=eva", "/api/clients?text=%25",
        "/api/people", "/api/invitations", "/api/practice/history", "/api/practice/first-steps",
        f"/api/clients?ids={things['client_id']}", "/api/consultants", "/api/drafts", "/api/erasures",
    ]  # fmt: skip
    for path in paths:
        for who in ("Ana", "Bor", "Admin"):
            answer = await ask(there.browsers[who], "GET", path)
            asked = {mark for mark in here.marks if mark in path}
            told = [mark for mark in here.marks - asked if mark in answer.text]
            told += [things["client_id"]] if things["client_id"] in answer.text else []
            tally("Tenants", path.partition("?")[0], cells=1, revealed=len(told))
            assert answer.status_code < 500, answer.text
            assert told == [], path


def _cursor() -> str:
    """From the beginning, as the other practice might have been given it."""
    return urlsafe_b64encode(f"2027-01-01T00:00:00+00:00|{uuid4()}".encode()).decode().rstrip("=")


async def _same_addresses(site: Site, here: Practice, there: Practice) -> None:
    """A client with the same address is another client; an address signs in to one practice only."""
    client = {"name": "Eva", "email": here.things["client_email"]}
    added = await ask(there.browsers["Admin"], "POST", "/api/clients", json=client)
    assert added.status_code == 201
    assert added.json()["id"] != here.things["client_id"]
    known = {"name": "Ana", "email": here.things["email"], "roles": ["admin"]}
    unknown = known | {"email": f"{uuid4().hex}@example.com"}
    answers = [await ask(there.browsers["Admin"], "POST", "/api/invitations", json=one) for one in (known, unknown)]
    assert [one.status_code for one in answers] == [201, 201]
    seen = (await ask(there.browsers["Admin"], "GET", "/api/invitations")).text
    assert here.id not in seen
    told = [sorted(one.json()) for one in answers]
    tally("Tenants", "inviting an address known elsewhere", cells=1, revealed=int(told[0] != told[1]))
    assert told[0] == told[1]
    for answer, status, code in zip(answers, (409, 201), ("signs_in_elsewhere", None), strict=True):
        form = {"token": token_of(answer.json()["link"]), "name": "Ana", "password": "a first password"}
        accepted = await ask(await site.browser(), "POST", "/api/invitations/accept", json=form)
        assert (accepted.status_code, accepted.json().get("code")) == (status, code), "the holder of the link learns it"


@pytest.mark.parametrize("foreign", ["client_id", "consultant_id"])
async def test_nothing_of_the_other_practice_can_be_put_into_a_session(foreign: str) -> None:
    async with in_memory() as (site, _):
        here, there = await practice(site, 0), await practice(site, 1)
        mixed = there.things | {foreign: here.things[foreign]}
        form = {"consultant_id": mixed["consultant_id"], "client_ids": [mixed["client_id"]], **SLOT}
        for who in ("Ana", "Admin"):
            before = site.rows()
            unknown = form | {"consultant_id": str(uuid4())} if foreign == "consultant_id" else form
            unknown = unknown if foreign == "consultant_id" else form | {"client_ids": [str(uuid4())]}
            answers = [await ask(there.browsers[who], "POST", "/api/bookings", json=one) for one in (form, unknown)]
            edit = {name: form[name] for name in ("consultant_id", "client_ids")}
            path = f"/api/bookings/{there.things['booking_id']}"
            answers.append(await ask(there.browsers[who], "PATCH", path, json=edit))
            assert [one.status_code for one in answers] == [422] * 3
            assert answers[0].json() == answers[1].json()
            assert site.rows() == before


async def test_a_key_against_repetition_is_ones_own() -> None:
    """The same Idempotency-Key in another account books another session, and gives nothing away."""
    async with in_memory() as (site, _):
        here, there = await practice(site, 0), await practice(site, 1)
        ids = []
        for one, who in ((here, "Ana"), (here, "Bor"), (there, "Ana"), (there, "Admin")):
            account = one.accounts["Bor" if who == "Bor" else "Ana"]
            hour = {"Ana": 10, "Bor": 10, "Admin": 12}[who]
            slot = SLOT | {"starts_at": f"2027-09-02T{hour}:00:00Z", "ends_at": f"2027-09-02T{hour}:50:00Z"}
            form = {"consultant_id": str(account.id), "client_ids": [one.things["client_id"]], **slot}
            answer = await ask(one.browsers[who], "POST", "/api/bookings", json=form, headers={"Idempotency-Key": "k"})
            assert answer.status_code == 201, answer.text
            ids.append(answer.json()["id"])
        assert len(set(ids)) == 4


async def test_no_news_of_the_other_practice_is_heard() -> None:
    """Nor, for a consultant, of a colleague's sessions."""
    async with in_memory() as (site, running):
        here, there = await practice(site, 0), await practice(site, 1)
        feed = running.container.changes()
        heard: list[object] = []

        async def listen() -> None:
            async for change in feed.subscribe(there.organization.id):
                heard.append(change)  # noqa: PERF401 - it never ends

        listening = asyncio.create_task(listen())
        await asyncio.sleep(0)
        path = f"/api/bookings/{here.things['booking_id']}"
        await ask(here.browsers["Ana"], "PATCH", path, json={"title": "Changed here"})
        own = f"/api/bookings/{there.things['booking_id']}"
        await ask(there.browsers["Ana"], "PATCH", own, json={"title": "Changed there"})
        for _ in range(100):
            await asyncio.sleep(0)
        listening.cancel()
        await asyncio.wait({listening})
    assert {str(one.id) for one in heard} == {there.things["booking_id"]}  # type: ignore[attr-defined]
