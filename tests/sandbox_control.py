"""Looking behind the sandbox's counter."""

from collections.abc import Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import httpx

from adapters.in_memory.provider.fault import Fault

# How the sandbox performs each fault. Its other kinds are forms of these that only Zoom's wire has.
PERFORMED: Mapping[Fault, Mapping[str, Any]] = {
    Fault.DOWN: {"kind": "status", "status": 503},
    Fault.LOST_CALL: {"kind": "drop", "after": False},
    Fault.LOST_ANSWER: {"kind": "drop", "after": True},
    Fault.SLOW: {"kind": "slow"},
    Fault.LATE: {"kind": "late"},
    Fault.LIMITED: {"kind": "status", "status": 429, "headers": {"Retry-After": "40"}},
    Fault.DAILY_LIMIT: {"kind": "daily_limit"},
    Fault.REFUSED: {"kind": "status", "status": 400},
    Fault.REJECTED: {"kind": "status", "status": 401},
    Fault.REVOKED: {"kind": "status", "status": 400, "body": {"reason": "Invalid Token!", "error": "invalid_grant"}},
    Fault.SCOPE_MISSING: {"kind": "missing_scope"},
    Fault.MISCONFIGURED: {
        "kind": "status",
        "status": 401,
        "body": {"reason": "Invalid client_id or client_secret", "error": "invalid_client"},
    },
    Fault.GONE: {"kind": "missing_meeting"},
}


def performed(operation: str, fault: Fault, **more: Any) -> dict[str, Any]:
    """What the sandbox is asked for. `more`: how often, for whom, or another form of the fault."""
    return {"operation": operation, **PERFORMED[fault], **more}


class SandboxControl:
    def __init__(self, address: str) -> None:
        self.address = address
        self.http = httpx.Client(base_url=f"{address}/_sandbox", timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def meetings(self, account: str) -> list[dict[str, Any]]:
        """What this person's Zoom holds now."""
        return list(self._get(f"/accounts/{account}/meetings")["meetings"])

    def all_meetings(self) -> list[dict[str, Any]]:
        people = self._get("/accounts")
        rows = people["accounts"] if isinstance(people, dict) else people
        return [meeting for one in rows if one["meetings"] for meeting in self.meetings(one["email"])]

    def counts(self, account: str) -> dict[str, int]:
        return dict(self._get(f"/accounts/{account}")["counts"])

    def strike(self, operation: str, fault: Fault, **more: Any) -> int:
        """The number of the fault, for `heal`."""
        return int(self._post("/faults", performed(operation, fault, **more))["id"])

    def heal(self, *faults: int) -> None:
        """These, or all of them."""
        for path in [f"/faults/{number}" for number in faults] or ["/faults"]:
            self.http.delete(path).raise_for_status()

    def remove_app(self, account: str) -> None:
        self._post(f"/accounts/{account}/remove-app", {})

    def expire_access(self, account: str, *, refresh_too: bool = False) -> None:
        self._post(f"/accounts/{account}/expire-access", {"refresh_too": refresh_too})

    def delete_meeting(self, meeting_id: str | int) -> None:
        self.http.delete(f"/meetings/{meeting_id}").raise_for_status()

    def install(self, account: str) -> str:
        """As from the Marketplace's Add: the address that the browser is sent to."""
        return str(self._post("/install", {"account": account})["location"])

    def webhook(self, **fields: Any) -> None:
        self._post("/webhooks", fields)

    def configure(self, **fields: Any) -> None:
        self.http.patch("/config", json=fields).raise_for_status()

    def requests(self, **filters: str) -> list[dict[str, Any]]:
        found = self.http.get("/requests", params=filters).raise_for_status().json()
        return list(found["requests"] if isinstance(found, dict) else found)

    def _get(self, path: str) -> Any:
        return self.http.get(path).raise_for_status().json()

    def _post(self, path: str, fields: dict[str, Any]) -> Any:
        return self.http.post(path, json=fields).raise_for_status().json()


def starts_at(meeting: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(str(meeting["start_time"]).replace("Z", "+00:00"))
