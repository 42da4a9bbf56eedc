"""GET /v2/users/me: the user of the token."""

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from demo.sandbox.access import Door, only_me
from demo.sandbox.config import Person
from demo.sandbox.limits import Limits
from demo.sandbox.sandbox import Sandbox


def people_routes(sandbox: Sandbox, limits: Limits) -> list[HTTPRouteHandler]:
    door = Door(sandbox, limits)

    @get("/v2/users/{user_id:str}", opt={"operation": "current_user"})
    async def current_user(request: Request[Any, Any, Any], user_id: FromPath[str]) -> Response[bytes]:
        person = door.open(request, "user:read:user")
        only_me(user_id, "user:read:user")
        return Response(
            msgspec.json.encode(profile(person)),
            media_type="application/json",
            headers={"x-ratelimit-category": "Light"},
        )

    return [current_user]


def profile(person: Person) -> dict[str, Any]:
    return {
        "id": person.user_id,
        "account_id": person.account_id,
        "account_number": person.pmi // 1000,
        "email": person.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "display_name": person.display_name,
        "type": person.plan,
        "role_name": "Owner",
        "pmi": person.pmi,
        "use_pmi": person.use_pmi,
        "timezone": person.timezone,
        "language": "en-US",
        "status": "active",
        "verified": 1,
        "dept": "",
        "created_at": "2024-02-12T08:30:00Z",
        "group_ids": [],
        "im_group_ids": [],
    }
