"""Hundreds of requests made from the OpenAPI document: no server error, and no answer that it does not name.

With TEST_MINUTES there are more of them. TEST_SEED makes others; without it they are the same each time.
"""

from types import TracebackType
from typing import Any, Self

import httpx

from tests.in_memory_app import PASSWORD
from tests.integration.security.document import SEED, Operation, Trial, operations, tried
from tests.integration.security.practices import practice
from tests.integration.security.site import ask, with_processes
from tests.real_processes import Service
from tests.tally import tally

ENDS_A_LOGIN = ("logOut", "changePassword")


class Caller:
    """A browser that signs in again when a request may have signed it out."""

    def __init__(self, address: str, credentials: dict[str, str] | None) -> None:
        self._http = httpx.Client(base_url=address, timeout=30)
        self._credentials = credentials
        self._asked: Operation | None = None

    def __enter__(self) -> Self:
        self._http.get("/health/live")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def headers(self, operation: Operation) -> dict[str, str]:
        token = {"x-csrftoken": self._http.cookies["calendra_csrf"]}
        if self._credentials and self._signed_out(operation):
            self._http.post("/api/login", json=self._credentials, headers=token).raise_for_status()
        return token | {"cookie": "; ".join(f"{name}={value}" for name, value in self._http.cookies.items())}

    def _signed_out(self, operation: Operation) -> bool:
        new, self._asked = operation is not self._asked, operation
        ends = operation.definition.raw.get("operationId") in ENDS_A_LOGIN
        return bool((new or ends) and self._http.get("/api/me").status_code != 200)


async def test_every_answer_is_one_that_the_document_names(served: Service) -> None:
    """A stranger, a consultant and an admin, each in a practice of their own."""
    said: list[str] = []
    async with with_processes(served) as site:
        document: dict[str, Any] = (await ask(await site.browser(), "GET", "/schema/openapi.json")).json()
        for number, who in enumerate(("nobody", "Ana", "Admin")):
            here = await practice(site, number)
            known = here.accounts.get(who)
            credentials = {"email": known.email, "password": PASSWORD} if known else None
            with Caller(served.address, credentials) as caller:
                for operation in operations(document):
                    trial = tried(operation, served.address, caller, here.things)
                    _count(operation, trial)
                    said += trial.said
    assert not said, f"TEST_SEED={SEED}: {len(said)} wrong answers\n" + "\n\n".join(said[:20])


def _count(operation: Operation, trial: Trial) -> None:
    tally(
        "Schemathesis",
        f"{operation.method.upper()} {operation.path}",
        cases=trial.cases,
        server_errors=trial.server_errors,
        undocumented=trial.undocumented,
    )
