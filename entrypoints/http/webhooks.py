"""Receives the webhook events of providers."""

from typing import Any

from litestar import MediaType, Request, Response, post
from litestar.params import FromPath

from application.receive_webhook_event import ReceiveWebhookEvent
from domain.errors import Invalid, NotFound, ObjectKind
from domain.rule import Rule
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import Injected

_FORGED = Invalid("signature", Rule.WRONG_SIGNATURE)


@post(
    "/webhooks/{provider:str}",
    operation_id="receiveWebhookEvent",
    summary="Receive a provider's webhook event, signed over the raw body",
    tags=["webhooks"],
    status_code=200,
    opt={"exclude_from_csrf": True, "public": True},
    responses=documented_problems(NotFound(ObjectKind.MEETING_PROVIDER), _FORGED, public=True, signed=True),
)
async def receive_webhook_event_here(
    provider: FromPath[str], request: Request[Any, Any, Any], receive_webhook_event: Injected[ReceiveWebhookEvent]
) -> Response[Any]:
    headers = {name.lower(): value for name, value in request.headers.items()}
    answer = await receive_webhook_event(provider, headers, await request.body())
    return Response(dict(answer) if answer else {}, media_type=MediaType.JSON)
