"""Whatever happens to a call to the identity provider, the person sees it, and nothing is half done."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import respx
from joserfc import jwt
from joserfc.jwk import RSAKey

from adapters.openid.client import HttpOpenIdClient
from adapters.openid.http import openid_http
from domain.accounts.account import Role
from tests.identity_provider.process import CLIENT, IdentityProviderProcess
from tests.in_memory_app import SETTINGS, in_memory_app
from tests.integration.single_sign_on.stage import Stage, callback, refusal
from tests.integration.single_sign_on.test_setting import ISSUER, METADATA

DOCUMENT, TOKEN, KEYS = f"{ISSUER}/.well-known/openid-configuration", METADATA["token_endpoint"], METADATA["jwks_uri"]
FIRST, SECOND = (RSAKey.generate_key(2048, {"kid": name}) for name in ("first", "second"))
NEVER_USED = IdentityProviderProcess(9)
TIMEOUT = 0.3
AFTER_CACHES = timedelta(minutes=11)


class Late(httpx.AsyncByteStream):
    """An answer that never ends."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.05)


FAULTS: dict[str, tuple[Callable[[], Any], str]] = {
    "down": (lambda: httpx.ConnectError("refused"), "not_responding"),
    "slow": (lambda: httpx.ReadTimeout("slow"), "not_responding"),
    "cut off": (lambda: httpx.RemoteProtocolError("cut off"), "not_responding"),
    "failing": (lambda: httpx.Response(500, text="oops"), "not_responding"),
    "limiting": (lambda: httpx.Response(429), "not_responding"),
    "late": (lambda: httpx.Response(200, stream=Late()), "not_responding"),
    "nonsense": (lambda: httpx.Response(200, text="<html>nonsense"), "unusable_answer"),
    "another document": (lambda: httpx.Response(200, json={"hello": "there"}), "unusable_answer"),
    "not UTF-8": (lambda: httpx.Response(200, content=b'{"issuer": "\xff\xfe"}'), "unusable_answer"),
    "too deep": (lambda: httpx.Response(200, content=b"[" * 100_000), "unusable_answer"),
    "too large": (lambda: httpx.Response(200, content=b" " * 600_000), "unusable_answer"),
}


class StandIn:
    """An issuer over httpx's transport. `faults` by address; `claims` replace those of the next ID token."""

    def __init__(self, router: respx.MockRouter, stage: Stage) -> None:
        self.stage = stage
        self.faults: dict[str, Callable[[], Any]] = {}
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.signed_with = FIRST
        self.published = [FIRST]
        self.asked: list[str] = []
        self._nonce = ""
        for address, answer in ((DOCUMENT, self._document), (KEYS, self._keys), (TOKEN, self._token)):
            router.route(url=address).mock(side_effect=self._or_fault(address, answer))

    def _or_fault(self, address: str, answer: Callable[[], httpx.Response]) -> Callable[[Any], Any]:
        def answered(_: httpx.Request) -> httpx.Response:
            self.asked.append(address)
            found = self.faults[address]() if address in self.faults else answer()
            if isinstance(found, Exception):
                raise found
            return found

        return answered

    def _document(self) -> httpx.Response:
        return httpx.Response(200, json=METADATA)

    def _keys(self) -> httpx.Response:
        return httpx.Response(200, json={"keys": [key.as_dict(private=False) for key in self.published]})

    def _token(self) -> httpx.Response:
        now = int(self.stage.app.clock.now().timestamp())
        claims = {
            "iss": ISSUER,
            "sub": "bor",
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": self._nonce,
            "email": "bor@example.com",
            "email_verified": True,
        }
        claims = {name: value for name, value in (claims | self.claims).items() if value is not None}
        header = {"alg": "RS256", "kid": self.signed_with.kid} | self.header
        token = jwt.encode(header, claims, self.signed_with, algorithms=[header["alg"]])
        return httpx.Response(200, json={"access_token": "x", "token_type": "Bearer", "id_token": token})

    async def begin(self) -> dict[str, str]:
        """The parameters of the answer."""
        query = parse_qs(urlsplit(await self.stage.begin()).query)
        self._nonce = query["nonce"][0]
        return {"state": query["state"][0], "code": "a code"}

    async def sign_in(self) -> httpx.Response:
        return await self.stage.complete(await self.begin())


@pytest.fixture
async def issuer() -> AsyncIterator[StandIn]:
    async with in_memory_app(now=datetime.now(UTC)) as app, openid_http() as http:
        openid = HttpOpenIdClient(http, app.clock, callback, local=True, total_seconds=TIMEOUT)
        app.container.openid.override(openid)
        organization, ana = await app.found("Vidra", "Ana")
        bor = await app.add_people("Bor", Role.CONSULTANT, organization=organization)
        await app.log_in(ana)
        stage = Stage(app, organization, ana, bor, NEVER_USED)
        with respx.mock(assert_all_called=False) as router:
            router.route(host=httpx.URL(SETTINGS.public_address).host).pass_through()
            found = StandIn(router, stage)
            await stage.ready(issuer=ISSUER)
            yield found


async def nothing_is_half_done(issuer: StandIn) -> None:
    stage = issuer.stage
    assert await stage.signed_in() is None
    assert stage.app.database.state.identity_links == {}
    issuer.faults.clear()
    issuer.claims.clear()
    issuer.header.clear()
    issuer.signed_with, issuer.published = FIRST, [FIRST]
    stage.app.clock.move_to(stage.app.clock.now() + AFTER_CACHES)
    assert (await issuer.sign_in()).status_code == 201


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_of_discovery(issuer: StandIn, fault: str) -> None:
    answer, reason = FAULTS[fault]
    issuer.stage.app.clock.move(AFTER_CACHES)
    issuer.faults[DOCUMENT] = answer
    begun = await issuer.stage.app.api("POST", issuer.stage.place)
    assert refusal(begun) == (502, "identity_provider_failed", reason)
    assert issuer.stage.app.database.state.sign_in_requests == {}
    await nothing_is_half_done(issuer)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("address", [TOKEN, KEYS])
async def test_a_fault_after_the_sign_in(issuer: StandIn, address: str, fault: str) -> None:
    answer, reason = FAULTS[fault]
    back = await issuer.begin()
    issuer.faults[address] = answer
    assert refusal(await issuer.stage.complete(back)) == (502, "identity_provider_failed", reason)
    issuer.faults.clear()
    assert refusal(await issuer.stage.complete(back)) == (410, "sign_in_not_started", None)
    await nothing_is_half_done(issuer)


@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [
        (400, "invalid_grant", "code_refused"),
        (401, "invalid_client", "client_refused"),
        (400, "unauthorized_client", "client_refused"),
        (400, "something_new", "code_refused"),
    ],
)
async def test_the_token_endpoint_refuses(issuer: StandIn, status: int, error: str, reason: str) -> None:
    issuer.faults[TOKEN] = lambda: httpx.Response(status, json={"error": error, "error_description": "why"})
    assert refusal(await issuer.sign_in()) == (502, "identity_provider_failed", reason)
    await nothing_is_half_done(issuer)


async def test_the_document_does_not_fit_any_more(issuer: StandIn) -> None:
    issuer.stage.app.clock.move(AFTER_CACHES)
    issuer.faults[DOCUMENT] = lambda: httpx.Response(200, json=METADATA | {"issuer": "https://other.example"})
    begun = await issuer.stage.app.api("POST", issuer.stage.place)
    assert refusal(begun) == (502, "identity_provider_failed", "unfit")


HOUR = 3600
CLAIMS: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://other.example"},
    "another audience": {"aud": "another"},
    "us among others, for others": {"aud": [CLIENT, "another"], "azp": "another"},
    "us among others, for nobody": {"aud": [CLIENT, "another"]},
    "another authorized party": {"azp": "another"},
    "no nonce": {"nonce": None},
    "another nonce": {"nonce": "of another sign-in"},
    "no subject": {"sub": None},
    "empty subject": {"sub": ""},
    "endless subject": {"sub": "x" * 256},
    "no end": {"exp": None},
    "an end that is no time": {"exp": 1e300},
    "no issue": {"iat": None},
}


@pytest.mark.parametrize("case", CLAIMS)
async def test_an_id_token_that_proves_nothing(issuer: StandIn, case: str) -> None:
    issuer.claims = CLAIMS[case]
    assert refusal(await issuer.sign_in()) == (502, "identity_provider_failed", "token_not_valid")
    await nothing_is_half_done(issuer)


@pytest.mark.parametrize(("name", "seconds"), [("exp", -61), ("iat", HOUR), ("iat", -HOUR)])
async def test_an_id_token_out_of_time(issuer: StandIn, name: str, seconds: int) -> None:
    issuer.claims = {name: int(issuer.stage.app.clock.now().timestamp()) + seconds}
    assert refusal(await issuer.sign_in()) == (502, "identity_provider_failed", "token_not_valid")
    await nothing_is_half_done(issuer)


async def test_us_among_others_as_the_authorized_party(issuer: StandIn) -> None:
    issuer.claims = {"aud": [CLIENT, "another"], "azp": CLIENT}
    assert (await issuer.sign_in()).status_code == 201


def _forged(issuer: StandIn, header: str, signature: str) -> Callable[[], httpx.Response]:
    """The token of the stand-in with another header and signature."""

    def answer() -> httpx.Response:
        payload = issuer._token().json()["id_token"].split(".")[1]
        return httpx.Response(200, json={"id_token": f"{header}.{payload}.{signature}"})

    return answer


async def test_an_unsigned_id_token(issuer: StandIn) -> None:
    for header in ("eyJhbGciOiJub25lIn0", "eyJhbGciOiJOT05FIiwia2lkIjoiZmlyc3QifQ"):  # alg: none
        issuer.faults[TOKEN] = _forged(issuer, header, "")
        assert refusal(await issuer.sign_in()) == (502, "identity_provider_failed", "token_not_valid")
    await nothing_is_half_done(issuer)


async def test_an_id_token_signed_with_the_public_key_as_a_secret(issuer: StandIn) -> None:
    """Algorithm confusion: HS256 with what everybody knows."""
    import base64
    import hashlib
    import hmac

    header = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"first"}').decode().rstrip("=")

    def answer() -> httpx.Response:
        payload = issuer._token().json()["id_token"].split(".")[1]
        signed = f"{header}.{payload}"
        digest = hmac.digest(FIRST.as_pem(private=False), signed.encode(), hashlib.sha256)
        signature = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return httpx.Response(200, json={"id_token": f"{signed}.{signature}"})

    issuer.faults[TOKEN] = answer
    assert refusal(await issuer.sign_in()) == (502, "identity_provider_failed", "token_not_valid")
    await nothing_is_half_done(issuer)


async def test_an_id_token_signed_by_somebody_else(issuer: StandIn) -> None:
    issuer.signed_with = RSAKey.generate_key(2048, {"kid": "first"})
    assert refusal(await issuer.sign_in()) == (502, "identity_provider_failed", "token_not_valid")
    await nothing_is_half_done(issuer)


async def test_new_keys_are_read_once(issuer: StandIn) -> None:
    assert (await issuer.sign_in()).status_code == 201
    issuer.signed_with, issuer.published = SECOND, [SECOND]
    issuer.stage.app.clock.move(timedelta(seconds=31))
    issuer.asked.clear()
    assert (await issuer.sign_in()).status_code == 201
    assert issuer.asked.count(KEYS) == 1


async def test_made_up_key_ids_cause_few_calls(issuer: StandIn) -> None:
    issuer.signed_with = SECOND
    issuer.asked.clear()
    for _ in range(5):
        assert refusal(await issuer.sign_in()) == (502, "identity_provider_failed", "token_not_valid")
    assert issuer.asked.count(KEYS) == 1


async def test_a_network_cannot_start_any_number_of_sign_ins(issuer: StandIn) -> None:
    answers = [await issuer.stage.app.api("POST", issuer.stage.place) for _ in range(61)]
    assert [one.status_code for one in answers[:60]] == [200] * 60
    assert refusal(answers[60])[:2] == (429, "too_many_sign_ins")
