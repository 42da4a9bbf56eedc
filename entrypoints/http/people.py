"""The people of a practice, and one's own password."""

from uuid import uuid4

import msgspec
from litestar import Response, post, put
from litestar.params import JSONBody

from application.change_password import ChangePassword
from application.enrol import Enrol, Person
from application.sign_in import Visitor
from domain.account import Role
from domain.errors import Invalid, NotAllowed, SignInFailed
from entrypoints.http.given import Given
from entrypoints.http.refusals import refusals
from entrypoints.http.session import Me, me_of, session_cookie
from entrypoints.settings import Settings

_TAKEN = Invalid("email", "Somebody already signs in with ana@example.com.", "Use another e-mail address.")
_SHORT = Invalid("password", "A password has 12 to 1000 characters.", "Choose another one.")


class PersonForm(msgspec.Struct, forbid_unknown_fields=True):
    """`roles`: admin, consultant or both. The person signs in with this first password and can change it."""

    name: str
    email: str
    password: str
    roles: list[Role]


class PasswordForm(msgspec.Struct, forbid_unknown_fields=True):
    old: str
    new: str


@post(
    "/api/people",
    operation_id="addPerson",
    summary="Add a consultant or an admin",
    tags=["people"],
    responses=refusals(NotAllowed(), _TAKEN, _SHORT, changes=True),
)
async def add_person(data: JSONBody[PersonForm], visitor: Given[Visitor], enrol: Given[Enrol]) -> Me:
    person = Person(uuid4(), data.name, data.email, data.password, frozenset(data.roles))
    return me_of(await enrol.colleague(visitor.account, person))


@put(
    "/api/me/password",
    operation_id="changePassword",
    summary="Change my password; I am signed out everywhere",
    tags=["people"],
    status_code=204,
    responses=refusals(SignInFailed(), _SHORT, changes=True),
)
async def change_my_password(
    data: JSONBody[PasswordForm],
    visitor: Given[Visitor],
    change_password: Given[ChangePassword],
    settings: Given[Settings],
) -> Response[None]:
    await change_password(visitor.account, data.old, data.new)
    return Response(None, status_code=204, cookies=[session_cookie(settings, "")])
