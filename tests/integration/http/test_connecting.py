"""To the provider and back over the API. Which account is bound to whom is decided, and tested, in the use cases; what
an attacker may try is in tests/integration/security."""

from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from tests.integration.http.conftest import Api


async def _sent_to_the_provider(api: Api) -> tuple[str, str]:
    """Cene, who is not connected, books an online session. Returns the address of the provider and the draft's id."""
    form = api.form("Cene", online=True, provider="north", title="Keep me")
    problem = (await api.ask("Cene", "POST", "/api/bookings", json=form)).json()
    assert problem["code"] == "connection_needed"
    return problem["data"]["authorize_address"], problem["data"]["draft_id"]


async def test_who_is_back_learns_which_account_it_is_and_finds_the_form(api: Api) -> None:
    address, draft_id = await _sent_to_the_provider(api)
    back = await api.site.consent(address, api.practice.accounts["Cene"])
    answer = (await api.ask("Cene", "POST", "/api/connections/north/callback", json=back)).json()
    assert set(answer) == {"provider", "label", "account", "account_name", "plan", "draft_id"}
    assert (answer["label"], answer["account"]) == ("North", api.practice.accounts["Cene"].email)
    assert answer["draft_id"] == draft_id
    assert (await api.told("Cene", f"/api/drafts/{draft_id}"))["form"]["title"] == "Keep me"


async def test_a_declined_consent_keeps_the_form_and_the_next_try_comes_back_to_it(api: Api) -> None:
    address, draft_id = await _sent_to_the_provider(api)
    state = parse_qs(urlsplit(address).query)["state"][0]
    declined = {"state": state, "error": "access_denied"}
    answer = await api.ask("Cene", "POST", "/api/connections/north/callback", json=declined)
    assert (answer.status_code, answer.json()["code"]) == (403, "consent_declined")
    assert answer.json()["data"]["draft_id"] == draft_id
    again = await api.ask("Cene", "POST", "/api/connections/north", json={"draft_id": draft_id})
    assert again.json()["draft_id"] == draft_id


async def test_only_one_form_is_come_back_to_and_only_at_a_provider_that_is_here(api: Api) -> None:
    draft_id = str(uuid4())
    await api.ask("Cene", "PUT", f"/api/drafts/{draft_id}", json={"form": {"title": "mine"}})
    both = {"draft_id": draft_id, "form": {"title": "another"}}
    refused = await api.refused("Cene", "POST", "/api/connections/north", json=both)
    assert refused == (422, "invalid_input", ["draft_id: form_and_draft"])
    nowhere = await api.refused("Cene", "POST", "/api/connections/nowhere/callback", json={"state": "x", "code": "y"})
    assert nowhere[:2] == (404, "not_found")
