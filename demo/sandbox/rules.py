"""The rules for a meeting at Zoom, applied strictly: the published fields, lengths and formats."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from msgspec import UNSET, Meta, UnsetType

from demo.sandbox.config import Person
from demo.sandbox.errors import invalid_fields, not_an_object, refused
from demo.sandbox.settings import ONLY_WHEN_CREATING, Block, ChangedSettings, Settings, Text


class Recurrence(Block):
    type: Literal[1, 2, 3]
    repeat_interval: int | UnsetType = UNSET
    end_date_time: Text = UNSET
    end_times: Annotated[int, Meta(ge=1, le=60)] | UnsetType = UNSET
    monthly_day: Annotated[int, Meta(ge=1, le=31)] | UnsetType = UNSET
    monthly_week: Literal[-1, 1, 2, 3, 4] | UnsetType = UNSET
    monthly_week_day: Literal[1, 2, 3, 4, 5, 6, 7] | UnsetType = UNSET
    weekly_days: Text = UNSET


class Tracking(Block):
    field: str
    value: Text = UNSET


Password = Annotated[str, Meta(max_length=10, pattern=r"^[!-~]*$")]
ChangedPassword = Annotated[str, Meta(max_length=10, pattern=r"^[A-Za-z0-9@_*-]*$")]


class _Wish(Block):
    topic: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    agenda: Annotated[str, Meta(max_length=2000)] | UnsetType = UNSET
    type: Literal[1, 2, 3, 8, 10] | UnsetType = UNSET
    start_time: Text = UNSET
    timezone: Text = UNSET
    duration: Annotated[int, Meta(ge=1, le=1440)] | UnsetType = UNSET
    schedule_for: Text = UNSET
    template_id: Text = UNSET
    sensitivity_label_id: Text = UNSET
    pre_schedule: bool | UnsetType = UNSET
    recurrence: Recurrence | UnsetType = UNSET
    tracking_fields: list[Tracking] | UnsetType = UNSET


class NewMeeting(_Wish):
    password: Password | UnsetType = UNSET
    default_password: bool = True
    settings: Settings | UnsetType = UNSET


class ChangedMeeting(_Wish):
    password: ChangedPassword | UnsetType = UNSET
    settings: ChangedSettings | UnsetType = UNSET


class NewStatus(Block):
    action: Literal["end", "recover"]


_WHERE = re.compile(r" - at `(?:key in )?\$\.?([^`]*)`$")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_START = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$")
_new = msgspec.json.Decoder(NewMeeting)
_changed = msgspec.json.Decoder(ChangedMeeting)
_status = msgspec.json.Decoder(NewStatus)


def read_new(body: bytes, host: Person, people: Iterable[Person]) -> NewMeeting:
    wish: NewMeeting = _decode(_new, body)
    _check(wish, host)
    _check_alternative_hosts(wish, host, people)
    return wish


def read_change(body: bytes, host: Person, people: Iterable[Person]) -> ChangedMeeting:
    wish: ChangedMeeting = _decode(_changed, body)
    _check(wish, host)
    _check_alternative_hosts(wish, host, people)
    unknown = [f for f in ONLY_WHEN_CREATING if wish.settings and getattr(wish.settings, f) is not UNSET]
    if unknown:
        raise invalid_fields(*(f"settings.{field}" for field in unknown))
    return wish


def read_status(body: bytes) -> str:
    status: NewStatus = _decode(_status, body)
    return status.action


def _decode(decoder: msgspec.json.Decoder[Any], body: bytes) -> Any:
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        field = _field_of(str(error))
        raise (invalid_fields(field) if field else not_an_object()) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise not_an_object() from error


def _field_of(message: str) -> str:
    """The field that an error message concerns, as Zoom names it: `settings.jbh_time`."""
    where = _WHERE.search(message)
    path = re.sub(r"\[\.*\d*\]", "", where.group(1)) if where else ""
    unknown = _UNKNOWN.search(message) or re.search(r"required field `([^`]+)`", message)
    return ".".join(part for part in (path, unknown.group(1) if unknown else "") if part)


def _check(wish: NewMeeting | ChangedMeeting, host: Person) -> None:
    if wish.timezone and wish.timezone not in _zones():
        raise invalid_fields("timezone")
    if isinstance(wish.start_time, str) and start_of(wish.start_time, "UTC") is None:
        raise invalid_fields("start_time")
    if wish.schedule_for and wish.schedule_for not in (host.email, host.user_id):
        raise _schedule_for_refused(wish)
    if wish.settings and wish.settings.approval_type in (0, 1) and host.plan == 1:
        raise refused(400, 200, f"Only available for paid account: {host.account_id}.")


def _check_alternative_hosts(wish: NewMeeting | ChangedMeeting, host: Person, people: Iterable[Person]) -> None:
    """Only licensed colleagues on the host's own account."""
    if not wish.settings or not wish.settings.alternative_hosts:
        return
    fit = [person for person in people if person.account_id == host.account_id and person.plan > 1]
    known = {name for person in fit for name in (person.email, person.user_id)}
    named = {name.strip() for name in re.split("[;,]", wish.settings.alternative_hosts)}
    if named - known - {""}:
        raise invalid_fields("settings.alternative_hosts")


def _schedule_for_refused(wish: NewMeeting | ChangedMeeting) -> Exception:
    if wish.type == 1:
        return refused(
            400,
            3000,
            "Instant meetings do not support the `schedule_for` parameter, "
            "and you can't schedule an instant meeting for another user.",
        )
    return refused(
        400, 300, "The value that you entered in the `schedule_for` field is invalid. "
        "Enter a valid value and try again.",
    )  # fmt: skip


@cache
def _zones() -> set[str]:
    return available_timezones() | {"UTC"}


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def start_of(text: str, timezone: str) -> float | None:
    """Seconds since 1970. `Z` means UTC whatever the zone says; without it the time is local. None if it is no time."""
    if not _START.match(text):
        return None
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC if text.endswith("Z") else _zone(timezone)).timestamp()
