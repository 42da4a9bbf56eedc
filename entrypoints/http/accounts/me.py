"""The signed-in person and their preferences."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Response, get, patch, put
from litestar.params import JSONBody

from application.accounts.change_password import ChangePassword
from application.accounts.change_preferences import ChangePreferences
from application.accounts.find_practice import FindPractice
from application.accounts.log_in import Origin, Visitor
from domain.accounts.account import Account, Preferences, Role
from domain.accounts.errors import LoginFailed, TooBusy, TooManyAttempts
from domain.accounts.login_session import IdleMinutes
from domain.accounts.organization import Organization
from domain.errors import Invalid
from domain.language import Language
from domain.rule import Rule
from entrypoints.http.documented_problems import DONE, documented_problems
from entrypoints.http.injected import WITHOUT_SECOND_FACTOR, Injected, cookies_of
from entrypoints.settings import Settings

_ZONE = Invalid("zone", Rule.NOT_A_TIME_ZONE, zone="Mars")
PASSWORD_PROBLEMS = (LoginFailed(), TooManyAttempts(retry_after=30), TooBusy(retry_after=5))
SHORT_PASSWORD = Invalid("password", Rule.PASSWORD_LENGTH, shortest=12, longest=1000)


class Practice(msgspec.Struct):
    """`language`: the default language of the page, for people without one of their own. Null until an admin chooses
    one. `idle_minutes`: after so many minutes without use, logins end. `second_factor_from`: since then everybody needs
    a second factor; null when it is up to each person."""

    name: str
    zone: str
    language: Language | None
    idle_minutes: IdleMinutes
    second_factor_from: datetime | None


class Me(msgspec.Struct):
    """`language` null: the practice's language applies, or else the browser's. `zone` is the person's own,
    `practice.zone` the practice's."""

    id: UUID
    organization_id: UUID
    name: str
    email: str
    roles: list[Role]
    zone: str
    language: Language | None
    practice: Practice


class PreferencesForm(msgspec.Struct, forbid_unknown_fields=True):
    """Contains only the fields to change. `language` null is a value: the browser's language."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    zone: str | msgspec.UnsetType = msgspec.UNSET
    language: Language | msgspec.UnsetType | None = msgspec.UNSET

    def preferences(self) -> Preferences:
        return Preferences(
            name=None if self.name is msgspec.UNSET else self.name,
            zone=None if self.zone is msgspec.UNSET else self.zone,
            language=None if self.language is msgspec.UNSET else self.language,
            chooses_language=self.language is not msgspec.UNSET,
        )


class PasswordForm(msgspec.Struct, forbid_unknown_fields=True):
    old: str
    new: str


def me_of(account: Account, practice: Organization) -> Me:
    return Me(
        account.id,
        account.organization_id,
        account.name,
        account.email,
        sorted(account.roles),
        account.zone,
        account.language,
        practice_of(practice),
    )


def practice_of(organization: Organization) -> Practice:
    return Practice(
        organization.name,
        organization.zone,
        organization.language,
        organization.idle_minutes,
        organization.second_factor_from,
    )


@get(
    "/api/me",
    operation_id="getMe",
    summary="Show the signed-in person",
    tags=["people"],
    opt=WITHOUT_SECOND_FACTOR,
    responses=documented_problems(),
)
async def me(visitor: Injected[Visitor], find_practice: Injected[FindPractice]) -> Me:
    return me_of(visitor.account, await find_practice(visitor.account))


@patch(
    "/api/me",
    operation_id="changeMe",
    summary="Change my name, zone or language",
    tags=["people"],
    opt=WITHOUT_SECOND_FACTOR,
    responses=documented_problems(_ZONE, changes=True),
)
async def change_me(
    data: JSONBody[PreferencesForm],
    visitor: Injected[Visitor],
    change_preferences: Injected[ChangePreferences],
    find_practice: Injected[FindPractice],
) -> Me:
    changed = await change_preferences(visitor.account, data.preferences())
    return me_of(changed, await find_practice(changed))


@put(
    "/api/me/password",
    operation_id="changePassword",
    summary="Change my password and sign out all other browsers",
    tags=["people"],
    status_code=204,
    responses={204: DONE, **documented_problems(*PASSWORD_PROBLEMS, SHORT_PASSWORD, changes=True)},
)
async def change_my_password(
    data: JSONBody[PasswordForm],
    visitor: Injected[Visitor],
    origin: Injected[Origin],
    change_password: Injected[ChangePassword],
    settings: Injected[Settings],
) -> Response[None]:
    """This browser receives new tokens, as on login."""
    logged_in = await change_password(visitor, data.old, data.new, origin)
    return Response(None, status_code=204, cookies=cookies_of(settings, logged_in))
