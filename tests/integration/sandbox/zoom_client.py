"""A person with a browser and an app with a client id, as seen from outside the stand-in."""

import base64
import hashlib
import ssl
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from demo.sandbox.config import SandboxConfig

ANA = "ana.novak@example.com"
BORIS = "boris.kranjc@example.com"
CVETA = "cveta.zupan@example.com"
MAJA = "maja.hribar@example.com"
VERIFIER = "v3rifier-" + "k" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
REDIRECT = "http://127.0.0.1:9/back?kept=1"
CONFIG = SandboxConfig(redirect_uris=(REDIRECT,), webhook_delays=(300, 1200, 3600))
APP = (CONFIG.client_id, CONFIG.client_secret)

_TLS = ssl.create_default_context()  # made once: it takes longer than a test


class ZoomClient:
    """Calls over real HTTP; knows nothing of the stand-in's inside."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.http = httpx.Client(base_url=address, trust_env=False, timeout=10, verify=_TLS)

    def close(self) -> None:
        self.http.close()

    def authorize_url(self, **changes: str | None) -> str:
        wanted: dict[str, str | None] = {
            "response_type": "code",
            "client_id": CONFIG.client_id,
            "redirect_uri": REDIRECT,
            "state": "st-1",
        }
        given = {name: value for name, value in (wanted | changes).items() if value is not None}
        return f"{self.address}/oauth/authorize?{urlencode(given)}"

    def approve(self, account: str = ANA, **changes: str | None) -> dict[str, str]:
        """The query with which the browser comes back."""
        return self.approve_with(None, account, **changes)

    def approve_with(self, scopes: list[str] | None, account: str, **changes: str | None) -> dict[str, str]:
        body = {"authorize_url": self.authorize_url(**changes), "account": account, "scopes": scopes}
        return query_of(self.control("approve", body)["location"])

    def token(self, **form: str) -> httpx.Response:
        return self.http.post("/oauth/token", data=form, auth=APP)

    def exchange(self, code: str, **more: str) -> httpx.Response:
        return self.token(**({"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT} | more))

    def refresh(self, token: str) -> httpx.Response:
        return self.token(grant_type="refresh_token", refresh_token=token)

    def connect(self, account: str = ANA, *, scopes: list[str] | None = None) -> dict[str, Any]:
        answer = self.exchange(self.approve_with(scopes, account)["code"])
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def api(self, method: str, path: str, token: str, body: Any = None) -> httpx.Response:
        headers = {"authorization": f"Bearer {token}"}
        return self.http.request(method, f"/v2{path}", headers=headers, json=body)

    def create(self, token: str, **body: Any) -> dict[str, Any]:
        answer = self.api("POST", "/users/me/meetings", token, body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def control(self, path: str, body: Any = None, method: str = "POST") -> Any:
        answer = self.http.request(method, f"/_sandbox/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def account(self, who: str = ANA) -> Any:
        return self.control(f"accounts/{who}", method="GET")


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
