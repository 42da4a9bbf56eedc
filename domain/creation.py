"""The idempotency record of a request that creates an object: its key, its result, and what a repetition must equal."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from domain.errors import KeyReused

KEPT_FOR = timedelta(days=60)  # as long as a draft: its id is the key under which the page saves it


@dataclass(frozen=True, slots=True)
class Creation:
    """Outlives the object that it created, so that a repetition does not create another one. `content` is the
    fingerprint of the request; None when it was erased together with the object's data, or is not known."""

    organization_id: UUID
    key: UUID
    object_id: UUID
    content: str | None
    asked_at: datetime

    @classmethod
    def of(cls, organization_id: UUID, key: UUID, requested: Mapping[str, object], *, at: datetime) -> "Creation":
        return cls(organization_id, key, object_id_of(key, at), fingerprint(requested), at)

    def must_repeat(self, earlier: "Creation") -> None:
        """Raises KeyReused when the earlier request with this key had other content."""
        if earlier.content not in (None, self.content):
            raise KeyReused


def object_id_of(key: UUID, at: datetime) -> UUID:
    """The id of the object that a request with this key creates at this time. A key that is used again after its
    lifetime creates an object with another id and, at the provider, with other markers."""
    return uuid5(key, _instant(at))


def fingerprint(requested: Mapping[str, object]) -> str:
    """Tells repetitions from different requests without storing their data: the SHA-256 of a canonical JSON. Fields
    without a value are left out, so that a field that a later release adds does not change earlier fingerprints."""
    text = json.dumps(_plain(requested), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object) -> object:
    match value:
        case None | bool() | str():
            return value
        case UUID():
            return str(value)
        case datetime():
            return _instant(value)
        case date():
            return value.isoformat()
        case Mapping():
            plain = {str(name): _plain(one) for name, one in value.items()}
            return {name: one for name, one in plain.items() if one}
        case frozenset() | set():
            return sorted(str(one) for one in value)
        case Collection():
            return [_plain(one) for one in value]
    raise TypeError(f"a request has no values of type {type(value).__name__}")


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
