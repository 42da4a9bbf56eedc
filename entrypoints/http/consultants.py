"""Consultants and how each stands with each provider."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get
from litestar.params import FromPath

from application.show_connections import ConsultantStanding, ProviderStanding, ShowConnections
from application.sign_in import Visitor
from domain.errors import NotFound
from entrypoints.http.given import Given
from entrypoints.http.histories import HistoryLine, lines_of
from entrypoints.http.refusals import refusals


class PermissionShown(msgspec.Struct):
    name: str
    use: str
    granted: bool


class ConnectionShown(msgspec.Struct):
    """`standing`: not_connected, connected, needs_reconnecting or disconnecting. `account` is the e-mail address at
    the provider. `calls_left` of the provider's daily limit, until 00:00 UTC; null where it has none."""

    provider: str
    label: str
    standing: str
    account: str | None
    account_name: str | None
    plan: str | None
    connected_at: datetime | None
    refreshed_at: datetime | None
    trouble: str
    calls_left: int | None
    permissions: list[PermissionShown]


class ConsultantShown(msgspec.Struct):
    id: UUID
    name: str
    email: str
    zone: str
    connections: list[ConnectionShown]


@get(
    "/api/consultants",
    operation_id="listConsultants",
    summary="Consultants and connections",
    tags=["connections"],
    responses=refusals(),
)
async def list_consultants(visitor: Given[Visitor], show_connections: Given[ShowConnections]) -> list[ConsultantShown]:
    """Admins see everybody, consultants themselves."""
    return [_shown(one) for one in await show_connections(visitor.account)]


@get(
    "/api/consultants/{consultant_id:uuid}/history",
    operation_id="getConnectionHistory",
    summary="What happened to a consultant's connections",
    tags=["connections"],
    responses=refusals(NotFound("consultant")),
)
async def connection_history(
    consultant_id: FromPath[UUID], visitor: Given[Visitor], show_connections: Given[ShowConnections]
) -> list[HistoryLine]:
    return lines_of(await show_connections.history(visitor.account, consultant_id))


def _shown(standing: ConsultantStanding) -> ConsultantShown:
    person = standing.consultant
    return ConsultantShown(person.id, person.name, person.email, person.zone, [_one(p) for p in standing.providers])


def _one(standing: ProviderStanding) -> ConnectionShown:
    provider, connection = standing.provider, standing.connection
    granted = connection.grant.scopes if connection and connection.grant else frozenset()
    permissions = [PermissionShown(scope.name, scope.use, scope.name in granted) for scope in provider.scopes]
    if connection is None:
        return ConnectionShown(
            provider.name, provider.label, "not_connected", None, None, None, None, None, "", None, permissions
        )
    account = connection.account
    return ConnectionShown(
        provider.name,
        provider.label,
        connection.standing.value,
        account.email,
        account.name,
        account.plan,
        connection.connected_at,
        connection.refreshed_at,
        connection.trouble,
        standing.calls_left,
        permissions,
    )
