"""An admin sets the practice's identity provider, and what does not fit is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import respx

from domain.audit.action import Action
from domain.security.event import EventKind, EventOutcome
from tests.identity_provider.process import SECRET
from tests.integration.single_sign_on.stage import SETTING, Stage, callback

ISSUER = "https://id.example.com/tenant"
METADATA: dict[str, Any] = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": "https://keys.example.com/jwks",
    "response_types_supported": ["code", "id_token"],
    "code_challenge_methods_supported": ["plain", "S256"],
    "id_token_signing_alg_values_supported": ["RS256", "HS256"],
}


@contextmanager
def served(document: Any = METADATA, keys: Any = None) -> Iterator[respx.MockRouter]:
    """What the issuer answers: a response, an exception, or JSON."""
    with respx.mock(assert_all_called=False) as router:
        for address, answer in (
            (f"{ISSUER}/.well-known/openid-configuration", document),
            (METADATA["jwks_uri"], keys or {"keys": [RSA]}),
        ):
            if isinstance(answer, httpx.Response):
                router.get(address).mock(return_value=answer)
            elif isinstance(answer, Exception):
                router.get(address).mock(side_effect=answer)
            else:
                router.get(address).respond(json=answer)
        yield router


RSA = {"kty": "RSA", "e": "AQAB", "kid": "one", "n": "AQAB" * 86}


async def test_what_an_admin_sets_is_shown_without_the_secret(stage: Stage) -> None:
    before = (await stage.app.api("GET", SETTING)).json()
    assert before["provider"] is None
    assert before["callback_address"] == callback(stage.organization.id)
    answer = await stage.set(domains=[" @Example.COM", "müller.example"])
    assert answer.status_code == 200
    assert answer.json()["provider"]["domains"] == ["example.com", "xn--mller-kva.example"]
    assert SECRET not in answer.text + (await stage.app.api("GET", SETTING)).text
    assert SECRET not in repr(stage.app.database.state.identity_providers)
    assert await stage.events(EventKind.IDENTITY_PROVIDER_SET) == [(EventOutcome.SUCCEEDED, None)]
    history = [one["action"] for one in (await stage.app.api("GET", "/api/practice/history")).json()]
    assert history.count(Action.IDENTITY_PROVIDER_SET) == 1


async def test_the_secret_goes_to_no_other_issuer(stage: Stage) -> None:
    assert (await stage.set()).status_code == 200
    assert (await stage.set(client_secret=None, domains=["example.org"])).status_code == 200
    with served():
        for changes in ({"issuer": ISSUER}, {"client_id": "another"}):
            answer = await stage.set(client_secret=None, **changes)
            assert [(one["field"], one["code"]) for one in answer.json()["fields"]] == [
                ("client_secret", "secret_needed")
            ]
    stored = stage.app.database.state.identity_providers[stage.organization.id]
    assert (stored.issuer, stored.client_secret, stored.domains) == (stage.provider.issuer, SECRET, ("example.org",))


FORMS: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "plain http": ({"issuer": "http://id.example.com"}, ("issuer", "not_an_issuer")),
    "user in the address": ({"issuer": "https://a:b@id.example.com"}, ("issuer", "not_an_issuer")),
    "query": ({"issuer": "https://id.example.com?x=1"}, ("issuer", "not_an_issuer")),
    "another scheme": ({"issuer": "file:///etc/passwd"}, ("issuer", "not_an_issuer")),
    "half an IPv6 address": ({"issuer": "http://["}, ("issuer", "not_an_issuer")),
    "no port": ({"issuer": "https://id.example.com:99999"}, ("issuer", "not_an_issuer")),
    "no IPv6 address": ({"issuer": "https://[::zz]"}, ("issuer", "not_an_issuer")),
    "no domain": ({"domains": []}, ("domains", "no_domain")),
    "an address for a domain": ({"domains": ["ana@example.com"]}, ("domains", "not_a_domain")),
    "a top level for a domain": ({"domains": ["com"]}, ("domains", "not_a_domain")),
    "too many domains": ({"domains": [f"d{n}.example" for n in range(51)]}, ("domains", "too_many_domains")),
    "no client": ({"client_id": " "}, ("client_id", "empty")),
    "no secret": ({"client_secret": None}, ("client_secret", "missing")),
}


@pytest.mark.parametrize("case", FORMS)
async def test_a_wrong_value_names_its_field(stage: Stage, case: str) -> None:
    changes, expected = FORMS[case]
    with respx.mock:  # no call goes out
        answer = await stage.set(**changes)
    assert answer.status_code == 422, answer.text
    assert [(one["field"], one["code"]) for one in answer.json()["fields"]] == [expected]
    assert stage.app.database.state.identity_providers == {}


LARGE = httpx.Response(200, json=METADATA | {"padding": "x" * 600_000})
UNFIT: dict[str, tuple[Any, str]] = {
    "unreachable": (httpx.ConnectError("refused"), "issuer_not_responding"),
    "slow": (httpx.ReadTimeout("slow"), "issuer_not_responding"),
    "failing": (httpx.Response(503), "issuer_not_responding"),
    "absent": (httpx.Response(404), "issuer_no_document"),
    "elsewhere": (httpx.Response(302, headers={"location": "https://other.example"}), "issuer_no_document"),
    "a page": (httpx.Response(200, text="<html>"), "issuer_no_document"),
    "not enough": ({"issuer": ISSUER}, "issuer_no_document"),
    "too large": (LARGE, "issuer_no_document"),
    "another issuer": (METADATA | {"issuer": f"{ISSUER}/"}, "issuer_other"),
    "plain token endpoint": (METADATA | {"token_endpoint": "http://id.example.com/token"}, "issuer_unsafe_address"),
    "scripts": (METADATA | {"authorization_endpoint": "javascript:alert(1)"}, "issuer_unsafe_address"),
    "token endpoint at no port": (
        METADATA | {"token_endpoint": "https://id.example.com:99999/token"},
        "issuer_unsafe_address",
    ),
    "half an address": (METADATA | {"jwks_uri": "https://["}, "issuer_unsafe_address"),
    "no code flow": (METADATA | {"response_types_supported": ["id_token"]}, "issuer_no_code_flow"),
    "plain PKCE only": (METADATA | {"code_challenge_methods_supported": ["plain"]}, "issuer_no_pkce"),
    "no PKCE": (
        {name: value for name, value in METADATA.items() if name != "code_challenge_methods_supported"},
        "issuer_no_pkce",
    ),
    "symmetric only": (
        METADATA | {"id_token_signing_alg_values_supported": ["HS256", "none"]},
        "issuer_no_signature",
    ),
    "key pairs only": (
        METADATA | {"token_endpoint_auth_methods_supported": ["private_key_jwt"]},
        "issuer_no_client_secret",
    ),
}


@pytest.mark.parametrize("case", UNFIT)
async def test_a_provider_that_does_not_fit_is_refused(stage: Stage, case: str) -> None:
    document, rule = UNFIT[case]
    with served(document):
        answer = await stage.set(issuer=ISSUER)
    assert answer.status_code == 422, answer.text
    assert [(one["field"], one["code"]) for one in answer.json()["fields"]] == [("issuer", rule)]
    assert stage.app.database.state.identity_providers == {}


@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        (httpx.ConnectError("refused"), "issuer_not_responding"),
        ({"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}, "issuer_no_document"),
        (httpx.Response(200, text="nonsense"), "issuer_no_document"),
    ],
)
async def test_its_keys_have_to_be_there(stage: Stage, keys: Any, rule: str) -> None:
    with served(keys=keys):
        answer = await stage.set(issuer=ISSUER)
    assert [(one["field"], one["code"]) for one in answer.json()["fields"]] == [("issuer", rule)]


async def test_one_that_fits_is_saved(stage: Stage) -> None:
    with served():
        assert (await stage.set(issuer=ISSUER)).status_code == 200


async def test_microsoft_offers_pkce_without_saying_so(stage: Stage) -> None:
    issuer = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"
    document = METADATA | {"issuer": issuer, "code_challenge_methods_supported": []}
    with served() as router:
        router.get(f"{issuer}/.well-known/openid-configuration").respond(json=document)
        assert (await stage.set(issuer=issuer)).status_code == 200


async def test_google_lets_people_choose_an_account_instead_of_a_login_that_it_refuses(stage: Stage) -> None:
    google = "https://accounts.google.com"
    with served() as router:
        router.get(f"{google}/.well-known/openid-configuration").respond(json=METADATA | {"issuer": google})
        assert (await stage.set(issuer=google)).status_code == 200
        answer = await stage.app.api("POST", stage.place, params={"anew": "true"})
    assert "prompt=select_account" in answer.json()["address"]


PUBLIC = "https://calendra.example.com"


@pytest.mark.parametrize("host", ["http://127.0.0.1:5432", "https://localhost", "https://[::1]", "http://127.9.9.9"])
async def test_an_unsafe_provider_is_refused(host: str) -> None:
    """On a public address nobody makes the server call its own machine, by the issuer or by its document."""
    from adapters.openid.client import HttpOpenIdClient
    from adapters.openid.http import openid_http
    from adapters.system.system_clock import SystemClock
    from domain.errors import Invalid

    async with openid_http() as http:
        client = HttpOpenIdClient(http, SystemClock(), lambda one: f"{PUBLIC}/{one}", local=False)
        with respx.mock, pytest.raises(Invalid) as by_issuer:
            await client.check(host)
        assert by_issuer.value.rule == "issuer_on_loopback"
        with served(METADATA | {"jwks_uri": f"{host}/jwks"}), pytest.raises(Invalid) as by_document:
            await client.check(ISSUER)
        assert by_document.value.rule == "issuer_unsafe_address"
