"""The security log of the practice, for admins: pages and an export."""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get
from litestar.params import FromQuery
from litestar.response import Stream

from application.accounts.log_in import Visitor
from application.show_security_log import SecurityLogPage, ShowSecurityLog
from domain.accounts.account import Role
from domain.accounts.second_factors import Factor
from domain.errors import Invalid, NotAllowed
from domain.providers import Providers
from domain.rule import Rule
from domain.security.event import EventKind, EventOutcome, Position, SecurityLogQuery, StoredEvent
from entrypoints.http.cursors import cursor_at, place_of
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import CONFIRMED, Injected
from entrypoints.http.moments import must_be_aware

_COLUMNS = (
    "at", "event", "outcome", "actor", "actor_id", "subject", "subject_id", "network", "request_id", "roles",
    "provider", "count", "factor",
)  # fmt: skip


class SecurityEventResponse(msgspec.Struct):
    """`actor` is null for the operator, the system, and a person who was not signed in. `subject` is the name of the
    person, invited person or client that the event is about, null when there is none or it was erased. `network` is the
    IPv4 address or the IPv6 network of the request with the id `request_id`. `roles` are those that the person has
    after the event. `provider` is its display name. `count`: the number of ended logins, or of equal refusals within a
    minute. `factor`: the kind of the second factor that was added or removed, or that signed in alone."""

    at: datetime
    event: EventKind
    outcome: EventOutcome
    actor: str | None
    actor_id: UUID | None
    subject: str | None
    subject_id: UUID | None
    network: str | None
    request_id: str | None
    roles: list[Role]
    provider: str | None
    count: int | None
    factor: Factor | None


class SecurityLogResponse(msgspec.Struct):
    """Newest first. `cursor` is null on the last page."""

    items: list[SecurityEventResponse]
    cursor: str | None


@get(
    "/api/security-log",
    operation_id="listSecurityEvents",
    summary="List the practice's security events, page by page",
    tags=["security"],
    responses=documented_problems(
        NotAllowed(), Invalid("limit", Rule.PAGE_SIZE, most=200), Invalid("cursor", Rule.NOT_A_CURSOR)
    ),
)
async def list_security_events(
    visitor: Injected[Visitor],
    show_security_log: Injected[ShowSecurityLog],
    meeting_providers: Injected[Providers],
    event: FromQuery[list[EventKind] | None] = None,
    outcome: FromQuery[EventOutcome | None] = None,
    person_id: FromQuery[UUID | None] = None,
    since: FromQuery[datetime | None] = None,
    until: FromQuery[datetime | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> SecurityLogResponse:
    """For admins. `person_id`: events that the person caused or that are about the person. `since` is included, `until`
    is not."""
    kinds = frozenset(event or ())
    query = SecurityLogQuery(
        kinds, outcome, person_id, _aware("since", since), _aware("until", until), _position(cursor), limit
    )
    page = await show_security_log(visitor.account, query)
    last = page.events[-1].position if page.more else None
    after = cursor_at(last.at, last.number) if last else None
    return SecurityLogResponse([_shown(one, page, meeting_providers) for one in page.events], after)


@get(
    "/api/security-log/export",
    operation_id="exportSecurityLog",
    summary="Export the practice's security log as CSV",
    tags=["security"],
    media_type="text/csv",
    opt=CONFIRMED,
    responses=documented_problems(NotAllowed(), confirmed=True),
)
async def export_security_log(
    visitor: Injected[Visitor],
    show_security_log: Injected[ShowSecurityLog],
    meeting_providers: Injected[Providers],
    since: FromQuery[datetime | None] = None,
    until: FromQuery[datetime | None] = None,
) -> Stream:
    """For admins; newest first, and the first line names the columns. The export is itself recorded."""
    query = SecurityLogQuery(since=_aware("since", since), before=_aware("until", until))
    pages = await show_security_log.export(visitor.account, query)
    name = 'attachment; filename="calendra-security-log.csv"'
    return Stream(
        _lines(pages, meeting_providers), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


async def _lines(pages: AsyncIterator[SecurityLogPage], meeting_providers: Providers) -> AsyncIterator[str]:
    yield _csv([_COLUMNS])
    async for page in pages:
        yield _csv([_row(_shown(one, page, meeting_providers)) for one in page.events])


def _csv(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _row(one: SecurityEventResponse) -> list[str]:
    return [_cell(value) for value in msgspec.structs.astuple(one)]


def _cell(value: object) -> str:
    """A text that a spreadsheet would take for a formula begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    text = " ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _shown(stored: StoredEvent, page: SecurityLogPage, providers: Providers) -> SecurityEventResponse:
    event = stored.event
    return SecurityEventResponse(
        event.at,
        event.kind,
        event.outcome,
        page.names.get(event.actor_id) if event.actor_id else None,
        event.actor_id,
        page.names.get(event.subject_id) if event.subject_id else None,
        event.subject_id,
        event.network,
        event.request_id,
        list(event.facts.roles),
        providers.label(event.facts.provider) if event.facts.provider else None,
        event.facts.count,
        event.facts.factor,
    )


def _position(cursor: str | None) -> Position | None:
    return Position(*place_of(cursor, int)) if cursor is not None else None


def _aware(field: str, moment: datetime | None) -> datetime | None:
    if moment is not None:
        must_be_aware(**{field: moment})
    return moment
