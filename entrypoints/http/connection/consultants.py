"""Consultants and the status of their connections."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from litestar import get
from litestar.params import FromPath

from application.accounts.log_in import Visitor
from application.connection.show_connections import ConsultantStatus, ProviderStatus, ShowConnections
from domain.audit.outcome import Outcome
from domain.errors import NotFound, ObjectKind
from domain.failure_reason import FailureReason
from domain.meeting.orphans import OrphanSweep
from domain.provider import ScopeUse
from entrypoints.http.audit_entries import AuditEntryResponse, lines_of
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import Injected


class PermissionResponse(msgspec.Struct):
    name: str
    uses: list[ScopeUse]
    granted: bool


class ConnectionStatusResponse(StrEnum):
    """`not_connected` also applies after a removal. `needs_reconnecting`: the provider ended the authorization."""

    NOT_CONNECTED = "not_connected"
    CONNECTED = "connected"
    NEEDS_RECONNECTING = "needs_reconnecting"
    DISCONNECTING = "disconnecting"


class FailureResponse(msgspec.Struct):
    """`answer` is the provider's text, redacted."""

    at: datetime
    outcome: Outcome
    answer: str


class OrphanedMeetingResponse(msgspec.Struct):
    """`removable`: Calendra gave the meeting up and removes it. Otherwise no session has it, and it stays until its
    host decides. `meeting_id` is its number at the provider."""

    meeting_id: str
    starts_at: datetime | None
    removable: bool


class OrphanSweepResponse(msgspec.Struct):
    """Orphaned meetings: meetings in the account with Calendra's marker that belong to no session. `looked_at` is the
    time of the last orphan sweep. `removed` counts the orphaned meetings removed since the account was connected."""

    looked_at: datetime
    removed: int
    orphans: list[OrphanedMeetingResponse]


class ConnectionResponse(msgspec.Struct):
    """`account` is the e-mail address at the provider. `calls_left` is the rest of the provider's daily limit until
    00:00 UTC, null if it has none. `longest_meeting` is the number of minutes after which the plan ends a meeting, null
    if it does not.

    `last_success_at`: the time of the last successful call, refresh or consent, null when not connected. `last_error`:
    the last failed call or the end of the authorization, null if a success followed.

    `upcoming`: the consultant's planned online sessions at the provider that are not over. `at_risk`: those whose
    meeting is not ready or longer than the plan allows, and all of them while the consultant is not connected.

    `set_up`: false for a provider that is no longer configured. The connection can still be disconnected: the tokens
    are deleted here, and the person removes the authorization at the provider.

    `sweep`: null until the first orphan sweep of the account. The sweep runs once a day.
    """

    provider: str
    label: str
    set_up: bool
    status: ConnectionStatusResponse
    account: str | None
    account_name: str | None
    plan: str | None
    longest_meeting: int | None
    connected_at: datetime | None
    refreshed_at: datetime | None
    refresh_failure: FailureReason | None
    calls_left: int | None
    permissions: list[PermissionResponse]
    last_success_at: datetime | None
    last_error: FailureResponse | None
    upcoming: int
    at_risk: int
    sweep: OrphanSweepResponse | None


class ConsultantResponse(msgspec.Struct):
    id: UUID
    name: str
    email: str
    zone: str
    connections: list[ConnectionResponse]


@get(
    "/api/consultants",
    operation_id="listConsultants",
    summary="List consultants and their connections",
    tags=["connections"],
    responses=documented_problems(),
)
async def list_consultants(
    visitor: Injected[Visitor], show_connections: Injected[ShowConnections]
) -> list[ConsultantResponse]:
    """Admins see all consultants, consultants see themselves."""
    return [_shown(one) for one in await show_connections(visitor.account)]


@get(
    "/api/consultants/{consultant_id:uuid}/history",
    operation_id="getConnectionHistory",
    summary="Show the audit log of a consultant's connections",
    tags=["connections"],
    responses=documented_problems(NotFound(ObjectKind.CONSULTANT)),
)
async def connection_history(
    consultant_id: FromPath[UUID], visitor: Injected[Visitor], show_connections: Injected[ShowConnections]
) -> list[AuditEntryResponse]:
    return lines_of(await show_connections.history(visitor.account, consultant_id))


def _shown(status: ConsultantStatus) -> ConsultantResponse:
    person = status.consultant
    return ConsultantResponse(person.id, person.name, person.email, person.zone, [_one(p) for p in status.providers])


def _one(status: ProviderStatus) -> ConnectionResponse:
    provider, connection, upcoming = status.provider, status.connection, status.upcoming
    account = connection.account if connection else None
    failure = status.last_failure
    granted = connection.token_set.scopes if connection and connection.token_set else frozenset()
    scopes = provider.scopes if provider else ()
    return ConnectionResponse(
        provider=status.name,
        label=status.label,
        set_up=provider is not None,
        status=ConnectionStatusResponse(connection.status.value)
        if connection
        else ConnectionStatusResponse.NOT_CONNECTED,
        account=account.email if account else None,
        account_name=account.name if account else None,
        plan=account.plan if account else None,
        longest_meeting=_minutes(account.longest_meeting) if account else None,
        connected_at=connection.connected_at if connection else None,
        refreshed_at=connection.refreshed_at if connection else None,
        refresh_failure=connection.refresh_failure if connection else None,
        calls_left=status.calls_left,
        permissions=[PermissionResponse(scope.name, list(scope.uses), scope.name in granted) for scope in scopes],
        last_success_at=status.last_success_at,
        last_error=FailureResponse(failure.at, failure.outcome, failure.answer) if failure else None,
        upcoming=upcoming.sessions if upcoming else 0,
        at_risk=upcoming.at_risk if upcoming else 0,
        sweep=_sweep(connection.sweep) if connection else None,
    )


def _minutes(length: timedelta | None) -> int | None:
    return int(length.total_seconds() // 60) if length else None


def _sweep(it: OrphanSweep) -> OrphanSweepResponse | None:
    if it.looked_at is None:
        return None
    orphans = [
        OrphanedMeetingResponse(one.meeting.id, one.meeting.starts_at, one.booking_id is not None) for one in it.orphans
    ]
    return OrphanSweepResponse(it.looked_at, it.removed, orphans)
