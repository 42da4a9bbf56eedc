"""The people whom the sign-in page of the demo offers. Outside the demo the list is empty."""

import msgspec
from litestar import get

from domain.accounts.account import Role
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import Injected
from entrypoints.settings import Settings


class DemoPerson(msgspec.Struct):
    """A person of the demo's invented practice. Signs in like any other person, with this password."""

    name: str
    email: str
    role: Role
    password: str


@get(
    "/api/demo/people",
    operation_id="listDemoPeople",
    summary="List the people of the demo; empty outside the demo",
    tags=["session"],
    opt={"public": True},
    responses=documented_problems(public=True),
    sync_to_thread=False,
)
def demo_people(settings: Injected[Settings]) -> list[DemoPerson]:
    """Only `calendra demo` sets them."""
    return msgspec.json.decode(settings.demo_people, type=list[DemoPerson])
