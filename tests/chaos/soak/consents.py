"""The consultants' authorizations after the load: those shown as connected are, and none ended without a reason."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.chaos.soak.crowd import Crowd

_REFRESH_LASTS = timedelta(seconds=6)  # both attempts, and a busy machine


class Consents:
    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self.ended = 0
        self.lost: list[str] = []

    def connect_all(self) -> None:
        for one in self._status().values():
            if one["status"] != "connected":
                wanderer = next((who for who in self._crowd.wanderers if who.email == one["email"]), None)
                if wanderer is None:
                    wanderer = self._crowd.visitor(one["email"], one["id"])
                    self.ended += 1
                    self._must_be_explained(one)
                assert wanderer.connect(), f"{one['email']} cannot connect again: {wanderer.untrue}"

    def _status(self) -> dict[str, dict[str, Any]]:
        every = self._crowd.admin.api("GET", "/api/consultants").raise_for_status().json()
        took_part = [one for one in every if one["id"] in self._crowd.practice.hosts]
        return {
            one["id"]: {"id": one["id"], "email": one["email"], "status": one["connections"][0]["status"]}
            for one in took_part
        }

    def _must_be_explained(self, who: dict[str, Any]) -> None:
        """For consultants who never disconnect: an authorization may end only if the process that refreshed it, or the
        provider, was killed between the provider's answer and our commit. An outage of the database is no reason."""
        issued = self._newest_renewal(who["email"])
        deaths = self._crowd.site.deaths
        if issued is None or not deaths.near(issued, _REFRESH_LASTS, "web", "worker", "provider"):
            self.lost.append(f"{who['email']}: the authorization ended; the provider's newest token is of {issued}")

    def _newest_renewal(self, email: str) -> datetime | None:
        """When the provider last issued new tokens, from its state."""
        world = json.loads((self._crowd.site.running.folder / "zoom.json").read_text())
        (user,) = [one["user_id"] for one in world["people"].values() if one["email"] == email]
        ends = [one["expires_at"] for one in world["refresh"].values() if one["user_id"] == user]
        return datetime.fromtimestamp(max(ends) - 90 * 86400, UTC) if ends else None

    def not_working(self, number: int) -> list[str]:
        """Every participant must be able to hold a session now; returns the e-mail addresses of those who are not."""
        return [one["email"] for one in self._status().values() if not self._can_hold(one, number)]

    def _can_hold(self, who: dict[str, Any], number: int) -> bool:
        form = self._crowd.site.form(who["email"], f"probe {number} {who['email']}", minutes=30)
        answer = self._crowd.admin.api("POST", "/api/bookings", json=form)
        return answer.status_code == 201 and answer.json()["meeting"]["status"] == "ready"
