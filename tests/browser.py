"""What a browser does, over real HTTP: cookies, the CSRF token, redirects across origins, forms."""

import re
from html import unescape
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx

_WAY_BACK = re.compile(r"/oauth/(\w+)/callback$")


class Browser:
    """One person's browser. `api` speaks JSON with Calendra, and enters the password again where
    it is needed; `visit` and `submit` follow pages anywhere.

    Who arrives at our address for the way back does there what the page does: hands in what the address carries.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.http = httpx.Client(timeout=30, follow_redirects=False)
        self._password: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def api(self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        if "calendra_csrf" not in self.http.cookies:
            self.http.get(f"{self.address}/health/live")
        token = self.http.cookies.get("calendra_csrf") or ""
        sent = {"accept": "application/json", "x-csrftoken": token, **(headers or {})}
        address = path if path.startswith("http") else f"{self.address}{path}"
        answer = self._asked(method, address, headers=sent, **more)
        if self._password and answer.status_code == httpx.codes.FORBIDDEN and "confirmation_needed" in answer.text:
            proof = f"{self.address}/api/login/confirmation"
            self._asked("POST", proof, headers=sent, json={"password": self._password}).raise_for_status()
            return self._asked(method, address, headers=sent, **more)
        return answer

    def _asked(self, method: str, address: str, **more: Any) -> httpx.Response:
        try:
            return self.http.request(method, address, **more)
        except httpx.RemoteProtocolError:
            if method != "GET":
                raise
            return self.http.request(method, address, **more)  # the server had just closed an idle connection

    def log_in(self, email: str, password: str) -> dict[str, Any]:
        answer = self.api("POST", "/api/login", json={"email": email, "password": password})
        answer.raise_for_status()
        self._password = password
        return dict(answer.json())

    def visit(self, address: str) -> httpx.Response:
        """Follows redirects as a browser does, and tells where it ended."""
        following = urljoin(self.address, address)
        while True:
            if _WAY_BACK.match(urlsplit(following).path):
                return self.come_back(following)
            answer = self.http.get(following, headers={"accept": "text/html"})
            if not answer.is_redirect:
                return answer
            following = urljoin(str(answer.url), answer.headers["location"])

    def come_back(self, address: str) -> httpx.Response:
        """From the provider, as the page at /oauth/{provider}/callback does it."""
        parts = urlsplit(address)
        way = _WAY_BACK.match(parts.path)
        assert way, f"{address} is not our way back"
        carried = {name: text for name, text in parse_qsl(parts.query) if name in ("state", "code", "error")}
        return self.api("POST", f"{parts.scheme}://{parts.netloc}/api/connections/{way[1]}/callback", json=carried)

    def submit(self, page: httpx.Response, **chosen: str) -> httpx.Response:
        """The page's first form with its hidden fields, and what the person chose."""
        form = re.search(r'<form[^>]*action="([^"]+)"', page.text)
        assert form, f"no form on {page.url}"
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        fields = {name: unescape(value) for name, value in hidden.items()} | chosen
        target = urljoin(str(page.url), unescape(form.group(1)))
        answer = self.http.post(target, data=fields, headers={"accept": "text/html"})
        if answer.is_redirect:
            return self.visit(urljoin(target, answer.headers["location"]))
        return answer

    def consent(self, authorize_address: str, account: str, decision: str = "approve") -> httpx.Response:
        """At the provider: chooses the account by its e-mail address, decides, and comes back."""
        page = self.visit(authorize_address)
        if "json" in page.headers.get("content-type", ""):
            return page  # consented before: the provider sent the browser straight back
        person = re.search(
            rf'name="account" value="([^"]+)"(?:(?!name="account").)*?{re.escape(account)}', page.text, re.S
        )
        assert person, f"{account} is not offered on {page.url}"
        return self.submit(page, account=person.group(1), decision=decision)
