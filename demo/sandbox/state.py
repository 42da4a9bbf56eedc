"""The whole state of the sandbox, as one value that can be written to a file and read again."""

from typing import Any

import msgspec

from demo.sandbox.config import Person


class Install(msgspec.Struct):
    """One person has installed the app. A later authorization has a higher generation and ends the earlier one's
    tokens."""

    scopes: tuple[str, ...]
    installed_at: float
    generation: int = 0


class Code(msgspec.Struct):
    user_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    expires_at: float
    challenge: str = ""
    method: str = ""
    used: bool = False


class AccessToken(msgspec.Struct):
    user_id: str
    generation: int
    scopes: tuple[str, ...]
    expires_at: float


class RefreshToken(msgspec.Struct):
    user_id: str
    generation: int
    scopes: tuple[str, ...]
    expires_at: float
    used_at: float | None = None
    app_scopes: tuple[str, ...] = ()  # the app's scopes when this token was issued


class Meeting(msgspec.Struct):
    id: int
    uuid: str
    host: str
    topic: str
    agenda: str
    type: int
    start: float
    duration: int
    timezone: str
    password: str
    pwd: str
    settings: dict[str, Any]
    created_at: float
    extra: dict[str, Any] = {}
    pmi: int | None = None
    status: str = "waiting"
    deleted_at: float | None = None
    webinar: bool = False


class Usage(msgspec.Struct):
    day: str = ""
    count: int = 0


class Tally(msgspec.Struct):
    """The counts of one person's account since the start."""

    authorized: int = 0
    exchanged: int = 0
    refreshed: int = 0
    created: int = 0
    changed: int = 0
    removed: int = 0
    uninstalled: int = 0


class Delivery(msgspec.Struct):
    """One webhook event to deliver. `due` is in the sandbox's own time."""

    id: str
    url: str
    event: str
    body: str
    tracking_id: str
    request_id: str
    due: float
    state: str = "pending"
    answers: list[int | None] = []
    timestamp: int | None = None
    secret: str | None = None


class World(msgspec.Struct):
    clock_offset: float = 0.0
    generation: int = 0
    people: dict[str, Person] = {}
    installs: dict[str, Install] = {}
    codes: dict[str, Code] = {}
    access: dict[str, AccessToken] = {}
    refresh: dict[str, RefreshToken] = {}
    meetings: dict[int, Meeting] = {}
    usage: dict[str, Usage] = {}
    tallies: dict[str, Tally] = {}
    deliveries: list[Delivery] = []
    config_changes: dict[str, Any] = {}
