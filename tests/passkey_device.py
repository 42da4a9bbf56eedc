"""A device with passkeys: makes key pairs and signs with them, as WebAuthn says (ES256, no attestation)."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import encode_cbor

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40
_ES256, _P256, _EC2 = -7, 1, 2


@dataclass
class PasskeyDevice:
    """One passkey. `origin` is that of the page in which it is used; `verifies`: it recognises its person."""

    origin: str
    verifies: bool = True
    count: int = 0
    handle: str = ""

    def __post_init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The new credential, as `toJSON` of the browser gives it."""
        self.handle = options["user"]["id"]
        point = self._key.public_key().public_numbers()
        public = {1: _EC2, 3: _ES256, -1: _P256, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        attested = bytes(16) + len(self.id).to_bytes(2) + self.id + encode_cbor(public)
        data = self._data(options["rp"]["id"], _ATTESTED) + attested
        response = {
            "clientDataJSON": _text(self._client_data("webauthn.create", options)),
            "attestationObject": _text(encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})),
        }
        return self._credential(response)

    def sign(self, options: dict[str, Any], *, counts: bool = True) -> dict[str, Any]:
        """The assertion, as `toJSON` of the browser gives it."""
        self.count += counts
        data, client = self._data(options["rpId"]), self._client_data("webauthn.get", options)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": _text(client),
            "authenticatorData": _text(data),
            "signature": _text(signature),
            "userHandle": self.handle,
        }
        return self._credential(response)

    def _data(self, host: str, more: int = 0) -> bytes:
        flags = _PRESENT | (_VERIFIED if self.verifies else 0) | more
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _credential(self, response: dict[str, Any]) -> dict[str, Any]:
        name = _text(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def with_other_signature(credential: dict[str, Any]) -> dict[str, Any]:
    """Whose last byte differs."""
    response = credential["response"]
    signature = bytearray(urlsafe_b64decode(response["signature"] + "=="))
    signature[-1] ^= 1
    return {**credential, "response": {**response, "signature": _text(bytes(signature))}}
