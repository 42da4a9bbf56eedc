"""The people of a practice and their roles."""

from uuid import UUID

import msgspec
from litestar import get, put
from litestar.params import FromPath, JSONBody

from application.accounts.change_roles import ChangeRoles, PersonStatus
from application.accounts.log_in import Visitor
from domain.accounts.account import Role
from domain.accounts.errors import LastAdmin, SessionsToCome, StillConnected
from domain.errors import Invalid, NotAllowed, NotFound, ObjectKind
from domain.rule import Rule
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import CONFIRMED, Injected

_NO_ROLE = Invalid("roles", Rule.NO_ROLE)


class PersonResponse(msgspec.Struct):
    """`coming`: planned sessions of this person that are not over. `connected_at`: the display names of the connected
    providers. The consultant role can be removed when there are neither."""

    id: UUID
    name: str
    email: str
    roles: list[Role]
    coming: int
    connected_at: list[str]


class RolesForm(msgspec.Struct, forbid_unknown_fields=True):
    """`roles`: admin, consultant or both."""

    roles: list[Role]


@get(
    "/api/people",
    operation_id="listPeople",
    summary="List the people of the practice with their roles",
    tags=["people"],
    responses=documented_problems(NotAllowed()),
)
async def list_people(visitor: Injected[Visitor], change_roles: Injected[ChangeRoles]) -> list[PersonResponse]:
    """Sorted by name, for admins."""
    return [_shown(one) for one in await change_roles.people(visitor.account)]


@put(
    "/api/people/{person_id:uuid}/roles",
    operation_id="changeRoles",
    summary="Change a person's roles",
    tags=["people"],
    opt=CONFIRMED,
    responses=documented_problems(
        NotAllowed(),
        NotFound(ObjectKind.PERSON),
        _NO_ROLE,
        LastAdmin(),
        SessionsToCome(name="Ana Novak", sessions=3),
        StillConnected(name="Ana Novak", labels=["Zoom"]),
        changes=True,
        confirmed=True,
    ),
)
async def change_roles_of(
    person_id: FromPath[UUID],
    data: JSONBody[RolesForm],
    visitor: Injected[Visitor],
    change_roles: Injected[ChangeRoles],
) -> PersonResponse:
    """A consultant with upcoming sessions or a connection keeps the role: reassign or cancel the sessions and
    disconnect first."""
    return _shown(await change_roles(visitor.account, person_id, frozenset(data.roles)))


def _shown(status: PersonStatus) -> PersonResponse:
    account = status.account
    return PersonResponse(
        account.id, account.name, account.email, sorted(account.roles), status.coming, list(status.connected_at)
    )
