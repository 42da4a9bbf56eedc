"""The people of a practice."""

from uuid import uuid4

import msgspec
from litestar import post
from litestar.params import JSONBody

from application.enrol import Enrol, Person
from application.find_practice import FindPractice
from application.sign_in import Visitor
from domain.account import Role
from domain.errors import Invalid, NotAllowed
from entrypoints.http.given import Given
from entrypoints.http.me import SHORT_PASSWORD, Me, me_of
from entrypoints.http.refusals import refusals

_TAKEN = Invalid("email", "Somebody already signs in with ana@example.com.", "Use another e-mail address.")


class PersonForm(msgspec.Struct, forbid_unknown_fields=True):
    """`roles`: admin, consultant or both. The person signs in with this first password and can change it."""

    name: str
    email: str
    password: str
    roles: list[Role]


@post(
    "/api/people",
    operation_id="addPerson",
    summary="Add a consultant or an admin",
    tags=["people"],
    responses=refusals(NotAllowed(), _TAKEN, SHORT_PASSWORD, changes=True),
)
async def add_person(
    data: JSONBody[PersonForm], visitor: Given[Visitor], enrol: Given[Enrol], find_practice: Given[FindPractice]
) -> Me:
    person = Person(uuid4(), data.name, data.email, data.password, frozenset(data.roles))
    account = await enrol.colleague(visitor.account, person)
    return me_of(account, await find_practice(account))
