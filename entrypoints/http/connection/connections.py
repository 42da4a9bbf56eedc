"""Connects a provider, directly or by an admin's connect link, and disconnects it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from application.accounts.log_in import Visitor
from application.connection.connect_provider import ConnectProvider, UnfinishedForm
from application.connection.disconnect_provider import DisconnectPreview, DisconnectProvider
from application.connection.invite_to_connect import InviteToConnect
from domain.connection.connect_link import MOST_PENDING
from domain.connection.errors import ConnectLinkInvalid, NotConnected
from domain.connection.meetings_on_disconnect import AfterDisconnect, MeetingsOnDisconnect
from domain.connection.revocation import Revocation
from domain.errors import Invalid, NotAllowed, NotFound, ObjectKind
from domain.providers import Providers
from domain.rule import Rule
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.idempotency import KEY_REFUSED, IdempotencyKey, creation_key
from entrypoints.http.injected import CONFIRMED, Injected
from entrypoints.settings import Settings

_NO_PROVIDER = NotFound(ObjectKind.MEETING_PROVIDER)
_MANY_LINKS = Invalid("consultant_id", Rule.TOO_MANY_PENDING_LINKS, most=MOST_PENDING)
_NO_DRAFT = NotFound(ObjectKind.DRAFT)
_NOT_CONNECTED = NotConnected(label="Zoom")


class Start(msgspec.Struct, forbid_unknown_fields=True):
    """`form` is the unfinished session form, which is stored as a draft during the authorization. `draft_id` names a
    draft that exists already."""

    form: dict[str, Any] | None = None
    booking_id: UUID | None = None
    draft_id: UUID | None = None


class AuthorizationRedirectResponse(msgspec.Struct):
    authorize_address: str
    draft_id: UUID | None


class AffectedSession(msgspec.Struct):
    """An upcoming session that has a meeting, and the effect of each choice on it."""

    booking_id: UUID
    title: str
    starts_at: datetime
    on_remove: AfterDisconnect
    on_keep: AfterDisconnect


class Disconnected(msgspec.Struct):
    """The connection has ended in Calendra, which no longer uses it. `revocation` gives the result at the provider:
    only `confirmed` means that the authorization ended there. `pending`: Calendra keeps trying. With any other value,
    the person removes Calendra at `removal_address`, which is empty with `not_set_up`. `meetings_left` counts the
    meetings that should have been removed at the provider and still exist."""

    revocation: Revocation
    meetings_left: int
    removal_address: str


class ConnectLinkResponse(msgspec.Struct):
    """The link for the consultant. It works once, for this consultant only, until `ends_at`."""

    link: str
    consultant_id: UUID
    ends_at: datetime


class ConnectLinkOffer(msgspec.Struct):
    provider: str
    label: str


class Connections(Controller):
    path = "/api/connections"
    tags = ("connections",)

    @post(
        "/{provider:str}",
        operation_id="startConnection",
        status_code=200,
        summary="Start my authorization at a provider",
        responses=documented_problems(_NO_PROVIDER, _NO_DRAFT, Invalid("draft_id", Rule.FORM_AND_DRAFT), changes=True),
    )
    async def start(
        self,
        provider: FromPath[str],
        data: JSONBody[Start],
        visitor: Injected[Visitor],
        connect_provider: Injected[ConnectProvider],
    ) -> AuthorizationRedirectResponse:
        form = UnfinishedForm(msgspec.json.encode(data.form).decode(), data.booking_id) if data.form else None
        redirect = await connect_provider(visitor.account, visitor.login_id, provider, form, data.draft_id)
        return AuthorizationRedirectResponse(redirect.address, redirect.draft_id)

    @get(
        "/{provider:str}/{consultant_id:uuid}/preview",
        operation_id="previewDisconnection",
        summary="Preview the effects of disconnecting",
        responses=documented_problems(_NO_PROVIDER, _NOT_CONNECTED),
    )
    async def preview(
        self,
        provider: FromPath[str],
        consultant_id: FromPath[UUID],
        visitor: Injected[Visitor],
        disconnect_provider: Injected[DisconnectProvider],
    ) -> list[AffectedSession]:
        previews = await disconnect_provider.preview(visitor.account, consultant_id, provider)
        return [_changed(one) for one in previews]

    @delete(
        "/{provider:str}/{consultant_id:uuid}",
        operation_id="disconnect",
        status_code=200,
        summary="Disconnect: revoke the authorization and delete the tokens",
        responses=documented_problems(_NO_PROVIDER, _NOT_CONNECTED, changes=True),
    )
    async def disconnect(
        self,
        provider: FromPath[str],
        consultant_id: FromPath[UUID],
        visitor: Injected[Visitor],
        disconnect_provider: Injected[DisconnectProvider],
        meeting_providers: Injected[Providers],
        meetings: FromQuery[MeetingsOnDisconnect] = MeetingsOnDisconnect.KEEP,
    ) -> Disconnected:
        ending = await disconnect_provider(visitor.account, consultant_id, provider, meetings)
        found = meeting_providers.find(provider)
        return Disconnected(ending.revocation, ending.meetings_left, found.removal_address if found else "")

    @post(
        "/{provider:str}/{consultant_id:uuid}/links",
        operation_id="makeConnectLink",
        summary="Create a connect link for a consultant",
        opt=CONFIRMED,
        responses=documented_problems(
            _NO_PROVIDER, NotAllowed(), _MANY_LINKS, *KEY_REFUSED, changes=True, confirmed=True
        ),
    )
    async def link(
        self,
        provider: FromPath[str],
        consultant_id: FromPath[UUID],
        visitor: Injected[Visitor],
        invite_to_connect: Injected[InviteToConnect],
        settings: Injected[Settings],
        idempotency_key: IdempotencyKey = None,
    ) -> ConnectLinkResponse:
        key = creation_key(visitor, idempotency_key)
        invitation = await invite_to_connect(visitor.account, key, consultant_id, provider)
        address = f"{settings.public_address}/connect/{invitation.secret.text}"
        return ConnectLinkResponse(address, consultant_id, invitation.link.ends_at)

    @get(
        "/links/{token:str}",
        operation_id="lookAtConnectLink",
        summary="Show where a connect link leads, if it is mine",
        responses=documented_problems(ConnectLinkInvalid()),
    )
    async def look_at(
        self, token: FromPath[str], visitor: Injected[Visitor], invite_to_connect: Injected[InviteToConnect]
    ) -> ConnectLinkOffer:
        """Does not use the link: mail programs open links too."""
        provider = await invite_to_connect.look_at(visitor.account, token)
        return ConnectLinkOffer(provider.name, provider.label)

    @post(
        "/links/{token:str}",
        operation_id="redeemConnectLink",
        status_code=200,
        summary="Use a connect link",
        responses=documented_problems(ConnectLinkInvalid(), changes=True),
    )
    async def redeem(
        self, token: FromPath[str], visitor: Injected[Visitor], invite_to_connect: Injected[InviteToConnect]
    ) -> AuthorizationRedirectResponse:
        redirect = await invite_to_connect.redeem(visitor.account, visitor.login_id, token)
        return AuthorizationRedirectResponse(redirect.address, redirect.draft_id)


def _changed(preview: DisconnectPreview) -> AffectedSession:
    booking = preview.booking
    return AffectedSession(
        booking.id, booking.details.title, booking.details.slot.starts_at, preview.on_remove, preview.on_keep
    )
