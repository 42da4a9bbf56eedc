"""Whom one can be in the demo. Anywhere else: nobody."""

import msgspec
from litestar import get

from domain.accounts.account import Role
from entrypoints.demo import PASSWORD, PEOPLE
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import Injected
from entrypoints.settings import Settings


class DemoPerson(msgspec.Struct):
    """Somebody of the demo's made-up practice. Signs in as everybody else does, with this password."""

    name: str
    email: str
    role: Role
    password: str


@get(
    "/api/demo/people",
    operation_id="listDemoPeople",
    summary="The people of the demo, and nobody anywhere else",
    tags=["session"],
    opt={"public": True},
    responses=documented_problems(public=True),
    sync_to_thread=False,
)
def demo_people(settings: Injected[Settings]) -> list[DemoPerson]:
    """Only `calendra demo` switches this on."""
    return [DemoPerson(name, email, role, PASSWORD) for name, email, role in PEOPLE] if settings.demo else []
