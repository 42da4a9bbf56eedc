"""Control API: meetings as their hosts handle them in Zoom itself, and webhook events on demand."""

import secrets
import time
from typing import Any

import msgspec
from litestar import Response, delete, get, patch, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from demo.sandbox import meeting_change, meetings, rules, webhooks
from demo.sandbox.access import AnyRequest, address_of
from demo.sandbox.control_people import Body
from demo.sandbox.errors import Refusal
from demo.sandbox.meeting_view import moment, whole
from demo.sandbox.reply import read, reply
from demo.sandbox.sandbox import Sandbox
from demo.sandbox.state import Meeting


class HostChange(Body):
    """The fields that the host may change in Zoom. `status` starts or ends the meeting, `webinar` turns it into a
    webinar."""

    topic: str | None = None
    start_time: str | None = None
    duration: int | None = None
    password: str | None = None
    status: str | None = None
    webinar: bool | None = None


class Firing(Body):
    """Any event. Without `payload` the sandbox builds one from `account` or `meeting_id`."""

    event: str
    account: str = ""
    meeting_id: int | None = None
    payload: dict[str, Any] | None = None
    raw_body: str | None = None
    url: str = ""
    wrong_signature: bool = False
    seconds_old: int = 0
    times: int = 1


def host_routes(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    def shown(meeting: Meeting, request: AnyRequest) -> dict[str, Any]:
        view = whole(meeting, sandbox.world.people[meeting.host], address_of(sandbox, request))
        return view | {"deleted_at": moment(meeting.deleted_at) if meeting.deleted_at else None}

    @get("/_sandbox/accounts/{who:str}/meetings")
    async def of_account(request: AnyRequest, who: FromPath[str]) -> Response[bytes]:
        person, deleted = sandbox.person(who), request.query_params.get("deleted") == "true"
        own = [
            meeting
            for meeting in sandbox.world.meetings.values()
            if meeting.host == person.user_id and (deleted or meeting.deleted_at is None)
        ]
        created = sandbox.tally(person.user_id).created
        return reply({"created": created, "meetings": [shown(meeting, request) for meeting in own]})

    @get("/_sandbox/meetings/{meeting_id:int}")
    async def one(request: AnyRequest, meeting_id: FromPath[int]) -> Response[bytes]:
        return reply(shown(_any(sandbox, meeting_id), request))

    @delete("/_sandbox/meetings/{meeting_id:int}", status_code=200)
    async def remove(request: AnyRequest, meeting_id: FromPath[int]) -> Response[bytes]:
        meeting = meetings.find(sandbox, meeting_id)
        meetings.remove(sandbox, meeting)
        webhooks.happened(sandbox, "meeting.deleted", meeting, address_of(sandbox, request))
        return reply(shown(meeting, request))

    @patch("/_sandbox/meetings/{meeting_id:int}")
    async def change(request: AnyRequest, meeting_id: FromPath[int]) -> Response[bytes]:
        meeting, wanted = meetings.find(sandbox, meeting_id), await read(request, HostChange)
        _change_as_host(sandbox, meeting, wanted, address_of(sandbox, request))
        return reply(shown(meeting, request))

    return [of_account, one, remove, change]


def _any(sandbox: Sandbox, meeting_id: int) -> Meeting:
    if meeting_id not in sandbox.world.meetings:
        raise Refusal(404, {"problem": f"The sandbox never had a meeting {meeting_id}."})
    return sandbox.world.meetings[meeting_id]


def _change_as_host(sandbox: Sandbox, meeting: Meeting, wanted: HostChange, base: str) -> None:
    host = sandbox.world.people[meeting.host]
    names = ("topic", "start_time", "duration", "password")
    given = {name: value for name in names if (value := getattr(wanted, name)) is not None}
    if given:
        wish = rules.read_change(msgspec.json.encode(given), host, sandbox.world.people.values())
        meeting_change.change_and_tell(sandbox, host, meeting, wish, base)
    if wanted.webinar is not None:
        meeting.webinar = wanted.webinar
    if wanted.status == "started":
        meeting.status = "started"
        webhooks.happened(sandbox, "meeting.started", meeting, base)
    elif wanted.status == "waiting":
        meeting_change.end_and_tell(sandbox, meeting, base)
    sandbox.dirty = True


def firing_routes(sandbox: Sandbox) -> list[HTTPRouteHandler]:
    @get("/_sandbox/webhooks")
    async def deliveries() -> Response[bytes]:
        shown = [msgspec.to_builtins(d) | {"secret": None} for d in sandbox.world.deliveries]
        return reply({"deliveries": shown})

    @post("/_sandbox/webhooks")
    async def fire(request: AnyRequest) -> Response[bytes]:
        wanted = await read(request, Firing)
        url = wanted.url or _address(sandbox, wanted.event)
        how: dict[str, Any] = {"secret": "not-the-secret"} if wanted.wrong_signature else {}
        if wanted.seconds_old:
            how["timestamp"] = int(time.time()) - wanted.seconds_old
        if wanted.raw_body is not None:
            first = webhooks.enqueue_raw(sandbox, url, wanted.event, wanted.raw_body, **how)
        else:
            payload = _payload(sandbox, wanted, address_of(sandbox, request))
            first = webhooks.enqueue(sandbox, url, wanted.event, payload, **how)
        again = [_repeated(sandbox, first) for _ in range(wanted.times - 1)]
        return reply({"deliveries": [first.id, *again]}, 202)

    return [deliveries, fire]


def _address(sandbox: Sandbox, event: str) -> str:
    config = sandbox.config
    url = config.deauthorization_url if event == "app_deauthorized" else config.webhook_url
    if not url:
        raise Refusal(400, {"problem": "No address is set for this event. Give `url`, or set it in the config."})
    return url


def _payload(sandbox: Sandbox, wanted: Firing, base: str) -> dict[str, Any]:
    if wanted.payload is not None:
        return wanted.payload
    if wanted.event == "endpoint.url_validation":
        return {"plainToken": secrets.token_urlsafe(16)}
    if wanted.event == "app_deauthorized":
        return webhooks.deauthorization_payload(sandbox, sandbox.person(wanted.account).user_id)
    if wanted.meeting_id is None:
        raise Refusal(400, {"problem": "Say which meeting_id, or give the payload."})
    return webhooks.meeting_payload(sandbox, wanted.event, _any(sandbox, wanted.meeting_id), base)


def _repeated(sandbox: Sandbox, first: Any) -> str:
    """Sends the same webhook event again, with the same ids and the same bytes."""
    copy = msgspec.structs.replace(first, id=f"{first.id}-{len(sandbox.world.deliveries)}", answers=[])
    sandbox.world.deliveries = [*sandbox.world.deliveries, copy]
    sandbox.wake_deliveries()
    return str(copy.id)
