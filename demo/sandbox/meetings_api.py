"""The meetings API under /v2, as the app calls it."""

from typing import Any

import msgspec
from litestar import Request, Response, delete, get, patch, post, put
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from demo.sandbox import meeting_change, meetings, rules, webhooks
from demo.sandbox.access import Door, address_of, json_body, may_host, only_me
from demo.sandbox.errors import no_such_meeting, refused
from demo.sandbox.limits import Limits
from demo.sandbox.meeting_list import MeetingList
from demo.sandbox.meeting_view import whole
from demo.sandbox.sandbox import Sandbox

AnyRequest = Request[Any, Any, Any]
_LIGHT = {"x-ratelimit-category": "Light"}
_MEDIUM = {"x-ratelimit-category": "Medium"}
_encoder = msgspec.json.Encoder()


def meeting_routes(sandbox: Sandbox, limits: Limits) -> list[HTTPRouteHandler]:
    door = Door(sandbox, limits)
    return [*_of_a_person(sandbox, limits, door), *_of_a_meeting(sandbox, limits, door), _status(sandbox, door)]


def _of_a_person(sandbox: Sandbox, limits: Limits, door: Door) -> list[HTTPRouteHandler]:
    lists = MeetingList(sandbox)

    @post("/v2/users/{user_id:str}/meetings", opt={"operation": "create"})
    async def create(request: AnyRequest, user_id: FromPath[str]) -> Response[bytes]:
        host = door.open(request, "meeting:write:meeting")
        only_me(user_id, "meeting:write:meeting")
        may_host(host)
        wish = rules.read_new(await json_body(request), host, sandbox.world.people.values())
        limits.spend(host.user_id)
        meeting = meetings.create(sandbox, host, wish)
        base = address_of(sandbox, request)
        webhooks.happened(sandbox, "meeting.created", meeting, base)
        return _json(whole(meeting, host, base), 201)

    @get("/v2/users/{user_id:str}/meetings", opt={"operation": "find"})
    async def find(request: AnyRequest, user_id: FromPath[str]) -> Response[bytes]:
        host = door.open(request, "meeting:read:list_meetings", "Medium")
        only_me(user_id, "meeting:read:list_meetings")
        may_host(host)
        page = lists.page(host, dict(request.query_params), address_of(sandbox, request))
        return _json(page, 200, _MEDIUM)

    return [create, find]


def _of_a_meeting(sandbox: Sandbox, limits: Limits, door: Door) -> list[HTTPRouteHandler]:
    @get("/v2/meetings/{meeting_id:str}", opt={"operation": "read"})
    async def read(request: AnyRequest, meeting_id: FromPath[str]) -> Response[bytes]:
        host = door.open(request, "meeting:read:meeting")
        may_host(host)
        meeting = meetings.find_own(sandbox, _number(meeting_id), host, seen=True)
        return _json(whole(meeting, host, address_of(sandbox, request)), 200)

    @patch("/v2/meetings/{meeting_id:str}", opt={"operation": "change"}, status_code=204)
    async def change(request: AnyRequest, meeting_id: FromPath[str]) -> Response[None]:
        host = door.open(request, "meeting:update:meeting")
        may_host(host)
        meeting = meetings.find_own(sandbox, _number(meeting_id), host)
        wish = rules.read_change(await json_body(request), host, sandbox.world.people.values())
        limits.spend(host.user_id)
        meeting_change.change_and_tell(sandbox, host, meeting, wish, address_of(sandbox, request))
        return _nothing()

    @delete("/v2/meetings/{meeting_id:str}", opt={"operation": "remove"}, status_code=204)
    async def remove(request: AnyRequest, meeting_id: FromPath[str]) -> Response[None]:
        host = door.open(request, "meeting:delete:meeting")
        may_host(host)
        if _number(meeting_id) == host.pmi:
            raise refused(400, 3018, "Not allowed to delete PMI.")
        meeting = meetings.find_own(sandbox, _number(meeting_id), host)
        if "occurrence_id" in request.query_params and meeting.type != 8:
            raise refused(400, 300, "Invalid parameter: occurrence_id.")
        meetings.remove(sandbox, meeting)
        webhooks.happened(sandbox, "meeting.deleted", meeting, address_of(sandbox, request))
        return _nothing()

    return [read, change, remove]


def _status(sandbox: Sandbox, door: Door) -> HTTPRouteHandler:
    @put("/v2/meetings/{meeting_id:str}/status", opt={"operation": "status"}, status_code=204)
    async def status(request: AnyRequest, meeting_id: FromPath[str]) -> Response[None]:
        host = door.open(request, "meeting:update:status")
        may_host(host)
        action, base = rules.read_status(await json_body(request)), address_of(sandbox, request)
        if action == "recover":
            meeting = meetings.recover(sandbox, _number(meeting_id), host)
            webhooks.happened(sandbox, "meeting.recovered", meeting, base)
        else:
            meeting_change.end_and_tell(sandbox, meetings.find_own(sandbox, _number(meeting_id), host, seen=True), base)
        return _nothing()

    return status


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise no_such_meeting(text)
    return int(text)


def _json(answer: dict[str, Any], status: int, headers: dict[str, str] = _LIGHT) -> Response[bytes]:
    return Response(_encoder.encode(answer), status_code=status, media_type="application/json", headers=headers)


def _nothing() -> Response[None]:
    return Response(None, status_code=204, headers=_LIGHT)
