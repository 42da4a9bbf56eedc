"""One-time secrets: shown once, stored as a hash, and looked up by their organization."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Secret:
    """`text` is the organization's id and 256 random bits, safe in URLs and cookies."""

    organization_id: UUID
    text: str = field(repr=False)

    @classmethod
    def fresh(cls, organization_id: UUID) -> "Secret":
        return cls(organization_id, f"{organization_id.hex}.{secrets.token_urlsafe(32)}")

    @classmethod
    def read(cls, text: str | None) -> "Secret | None":
        """None when `text` does not have the form of a secret."""
        text = text or ""
        organization, dot, random = text.partition(".")
        if not (dot and len(random) == 43 and len(organization) == 32):
            return None
        try:
            return cls(UUID(hex=organization), text)
        except ValueError:
            return None

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(self.text.encode()).digest()


@dataclass(frozen=True, slots=True)
class DerivedSecrets:
    """Secrets that a repeated request returns again, although only their hash is stored: each is derived from the id of
    the created object and the deployment's `key`."""

    key: str = field(repr=False)

    def of(self, organization_id: UUID, creation_id: UUID) -> Secret:
        derived = hmac.digest(self.key.encode(), b"secret of " + organization_id.bytes + creation_id.bytes, "sha256")
        return Secret(
            organization_id, f"{organization_id.hex}.{base64.urlsafe_b64encode(derived).decode().rstrip('=')}"
        )
