"""Looking behind the sandbox's counter."""

from datetime import datetime
from types import TracebackType
from typing import Any, Self

import httpx


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

    def fault(self, operation: str, kind: str, **more: Any) -> None:
        self._post("/faults", {"operation": operation, "kind": kind, **more})

    def heal(self) -> None:
        self.http.delete("/faults").raise_for_status()

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
