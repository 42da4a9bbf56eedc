"""Chromium's virtual authenticator: a device that recognises its person at once (WebAuthn)."""

from typing import Any, cast

from playwright.sync_api import Page

_OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class VirtualDevice:
    """Of one tab. It must outlive the tab's prompts, which is why the connection stays open."""

    def __init__(self, page: Page) -> None:
        self._wire = page.context.new_cdp_session(page)
        self._wire.send("WebAuthn.enable")
        made = self._wire.send("WebAuthn.addVirtualAuthenticator", {"options": _OPTIONS})
        self._id = made["authenticatorId"]

    @property
    def passkeys(self) -> list[dict[str, Any]]:
        found = self._wire.send("WebAuthn.getCredentials", {"authenticatorId": self._id})
        return cast(list[dict[str, Any]], found["credentials"])

    def take(self, passkey: dict[str, Any]) -> None:
        """As a password manager brings it to another device of the person."""
        self._wire.send("WebAuthn.addCredential", {"authenticatorId": self._id, "credential": passkey})

    def recognises(self, person: bool) -> None:
        self._wire.send("WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": person})
