"""The JSON bodies of Zoom's API. Fields that Calendra does not need are ignored."""

from typing import Annotated, Literal

from msgspec import Meta, Raw, Struct

Filled = Annotated[str, Meta(min_length=1)]
Id = Annotated[str, Meta(min_length=1, max_length=100)] | Annotated[int, Meta(ge=1, le=2**63 - 1)]
# Digits, as a string or a number: with any other id the meeting could not be found again.
MeetingId = Annotated[str, Meta(pattern=r"^[0-9]{1,20}\Z")] | Annotated[int, Meta(ge=1, le=2**63 - 1)]
PageToken = Annotated[str, Meta(max_length=2000)]  # becomes part of a URL
TokenText = Annotated[str, Meta(pattern=r"^[!-~]+\Z")]  # becomes part of a header
# People open it from our pages. Plain http is allowed only for this machine, where a sandbox may run.
Link = Annotated[str, Meta(pattern=r"^(https://|http://(localhost|127\.0\.0\.1)[:/])[^\s\\<>\"'@]+\Z", max_length=2000)]
Lifetime = Annotated[int, Meta(ge=1, le=366 * 24 * 3600)]


class Settings(Struct, frozen=True):
    use_pmi: bool
    waiting_room: bool
    join_before_host: bool


class NewMeeting(Struct, frozen=True):
    type: Literal[2]
    topic: str
    agenda: str
    start_time: str
    timezone: str
    duration: int
    default_password: bool
    settings: Settings


class ChangedMeeting(Struct, frozen=True):
    topic: str
    start_time: str
    timezone: str
    duration: int


class Tokens(Struct, frozen=True):
    access_token: TokenText
    refresh_token: Filled
    expires_in: Lifetime
    scope: str

    def __repr__(self) -> str:
        return "Tokens(…)"


class Revoked(Struct, frozen=True):
    status: Literal["success"]


class User(Struct, frozen=True):
    id: Filled
    account_id: Filled
    email: Filled
    display_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    type: int | None = None


class Meeting(Struct, frozen=True):
    id: MeetingId
    join_url: Link
    start_time: str | None = None
    topic: str | None = None
    duration: int | None = None


class ListedMeeting(Struct, frozen=True):
    id: MeetingId
    agenda: str | None = None
    start_time: str | None = None


class MeetingPage(Struct, frozen=True):
    meetings: list[ListedMeeting]
    next_page_token: PageToken | None = None


class Problem(Struct, frozen=True):
    """An error in any format of the two servers: by code, or by error word and reason."""

    code: int | str | None = None
    message: str | None = None
    errors: Raw = Raw(b"[]")
    error: str | None = None
    reason: str | None = None
    errorCode: int | str | None = None  # noqa: N815 - the authorize server's own spelling
    errorMessage: str | None = None  # noqa: N815


class FieldProblem(Struct, frozen=True):
    field: str = ""


class WebhookEvent(Struct, frozen=True):
    event: Filled
    event_ts: int | float | str | None = None
    payload: Raw = Raw(b"{}")


class Challenge(Struct, frozen=True):
    plainToken: Filled  # noqa: N815 - Zoom's spelling


class NamedMeeting(Struct, frozen=True):
    id: Id


class MeetingEvent(Struct, frozen=True):
    """Contains only the fields that changed, and the meeting number."""

    object: NamedMeeting


class Deauthorization(Struct, frozen=True):
    user_id: Id
    account_id: Id
    client_id: str | None = None
    deauthorization_time: str | None = None
