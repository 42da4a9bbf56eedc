"""Zoom's webhook notices: verified first, then understood."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import TypeVar

import msgspec

from adapters.zoom.signature import sealed, signed_with
from adapters.zoom.wire import Challenge, Deauthorization, MeetingEvent
from adapters.zoom.wire import Notice as WireNotice
from domain.errors import Invalid
from domain.ports.meeting_provider import AddressCheck, Deauthorized, MeetingTouched, Notice, Notices, Unremarkable

LARGEST = 256 * 1024
# After these the meeting may be another than we know. Zoom tells of them in the accounts of Pro and higher plans.
_TOUCHED = ("meeting.updated", "meeting.deleted", "meeting.permanently_deleted", "meeting.recovered")
_LEAST_MILLISECONDS = 1e11  # the year 1973; less is meant as seconds

Body = TypeVar("Body")


class ZoomNotices(Notices):
    """Source: developers.zoom.us, Using webhooks; Deauthorization."""

    def __init__(self, client_id: str, secrets: tuple[str, ...]) -> None:
        self._client_id = client_id
        self._secrets = tuple(secret for secret in secrets if secret)

    def read(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Notice:
        if len(body) > LARGEST:
            raise _nonsense("The notice is too long.")
        secret = signed_with(headers, body, self._secrets, now)
        notice = _decoded(body, WireNotice)
        if notice.event == "endpoint.url_validation":
            return _address_check(notice, secret)
        if notice.event == "app_deauthorized":
            return self._deauthorized(notice)
        if notice.event in _TOUCHED:
            meeting = _decoded(notice.payload, MeetingEvent).object
            return MeetingTouched(str(meeting.id), _instant(notice.event_ts) or now)
        return Unremarkable(notice.event[:100])

    def unverified_removal(self, body: bytes) -> Deauthorized | None:
        try:
            notice = _decoded(body[:LARGEST], WireNotice)
            removal = self._deauthorized(notice) if notice.event == "app_deauthorized" else None
        except Invalid:
            return None
        return removal if isinstance(removal, Deauthorized) else None

    def identity(self, headers: Mapping[str, str], body: bytes) -> str:
        """From the body alone. It is signed and has the event's own milliseconds, so two notices never share it.

        The request and tracking ids in the headers are not signed, and nothing promises that a repetition, or the
        same notice sent to a second address, carries the same ones.
        """
        return sha256(body).hexdigest()

    def _deauthorized(self, notice: WireNotice) -> Notice:
        removal = _decoded(notice.payload, Deauthorization)
        if removal.client_id and removal.client_id != self._client_id:
            return Unremarkable(notice.event)  # of our other app: development and production share an address
        at = _iso(removal.deauthorization_time) or _instant(notice.event_ts)
        if at is None:
            raise _nonsense("The notice does not say when the app was removed.")
        return Deauthorized(str(removal.user_id), str(removal.account_id), at)


def _address_check(notice: WireNotice, secret: str) -> AddressCheck:
    """Answered with the secret that the question was signed with: the asker knows that one."""
    plain = _decoded(notice.payload, Challenge).plainToken
    return AddressCheck({"plainToken": plain, "encryptedToken": sealed(secret, plain)})


def _decoded(body: bytes | msgspec.Raw, kind: type[Body]) -> Body:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _nonsense("The notice is not in the form that Zoom describes.") from error


def _iso(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _instant(stamp: float | str | None) -> datetime | None:
    """Of milliseconds, as Zoom sends them."""
    try:
        number = float(stamp or 0)
        seconds = number / 1000 if number >= _LEAST_MILLISECONDS else number
        return datetime.fromtimestamp(seconds, UTC) if number else None
    except (ValueError, OverflowError, OSError):
        return None


def _nonsense(rule: str) -> Invalid:
    return Invalid("body", rule, "Nothing to do: it was not acted on.")
