"""The people of a practice: their roles, the end of their accounts, and links for a new password."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, post, put
from litestar.params import FromPath, JSONBody

from application.accounts.change_roles import ChangeRoles
from application.accounts.end_account import EndAccount, EndedAccount, EndingPreview
from application.accounts.list_people import ListPeople, PersonStatus
from application.accounts.log_in import Visitor
from application.accounts.make_reset_link import MakeResetLink
from application.accounts.reset_second_factor import ResetSecondFactor
from application.accounts.restore_account import RestoreAccount
from application.connection.disconnect_provider import DisconnectPreview
from domain.accounts.account import Role
from domain.accounts.errors import (
    AccountEnded,
    LastAdmin,
    OwnResetLink,
    OwnSecondFactor,
    SessionsToCome,
    StillConnected,
)
from domain.accounts.second_factors import Factor
from domain.connection.meetings_on_disconnect import AfterDisconnect, MeetingsOnDisconnect
from domain.connection.revocation import Revocation
from domain.errors import Invalid, NotAllowed, NotFound, ObjectKind
from domain.providers import Providers
from domain.rule import Rule
from entrypoints.http.documented_problems import DONE, documented_problems
from entrypoints.http.injected import CONFIRMED, Injected
from entrypoints.settings import Settings

_NO_ROLE = Invalid("roles", Rule.NO_ROLE)
_NOBODY = NotFound(ObjectKind.PERSON)


class PersonResponse(msgspec.Struct):
    """`coming`: planned sessions of this person that are not over. `connected_at`: the display names of the connected
    providers. The consultant role can be removed when there are neither.

    `last_login_at`: the hour of the last sign-in, null if there was none. `ended_at`: since then the person cannot sign
    in; sessions that are still `coming` then need another consultant. `reset_link_until`: the end of a pending link for
    a new password, null if there is none. `second_factors`: the kinds that the person has set up."""

    id: UUID
    name: str
    email: str
    roles: list[Role]
    coming: int
    connected_at: list[str]
    last_login_at: datetime | None
    ended_at: datetime | None
    reset_link_until: datetime | None
    second_factors: list[Factor]


class RolesForm(msgspec.Struct, forbid_unknown_fields=True):
    """`roles`: admin, consultant or both."""

    roles: list[Role]


class UpcomingSession(msgspec.Struct):
    booking_id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime


class SessionWithMeeting(msgspec.Struct):
    """An upcoming session that has a meeting, and the effect of each choice on it."""

    booking_id: UUID
    title: str
    starts_at: datetime
    on_remove: AfterDisconnect
    on_keep: AfterDisconnect


class ConnectionToEndResponse(msgspec.Struct):
    provider: str
    label: str
    affected: list[SessionWithMeeting]


class EndingPreviewResponse(msgspec.Struct):
    """`sessions`: the first hundred upcoming sessions, soonest first; `person.coming` counts them all. They stay with
    the person until someone reassigns them, before or after the end. `last_admin`: the account cannot end, because the
    practice needs an admin."""

    person: PersonResponse
    last_admin: bool
    sessions: list[UpcomingSession]
    connections: list[ConnectionToEndResponse]


class EndingForm(msgspec.Struct, forbid_unknown_fields=True):
    """`meetings`: whether the meetings of upcoming sessions stay in the person's account at the provider."""

    meetings: MeetingsOnDisconnect = MeetingsOnDisconnect.KEEP


class EndedConnectionResponse(msgspec.Struct):
    """The values mean the same as when a connection is ended on its own."""

    provider: str
    label: str
    revocation: Revocation
    meetings_left: int
    removal_address: str


class EndedAccountResponse(msgspec.Struct):
    person: PersonResponse
    connections: list[EndedConnectionResponse]


class ResetLinkMade(msgspec.Struct):
    """`link` appears only in this response. Send it to the person; it works once, until `ends_at`."""

    link: str
    name: str
    email: str
    ends_at: datetime


class People(Controller):
    path = "/api/people"
    tags = ("people",)

    @get(
        operation_id="listPeople",
        summary="List the people of the practice",
        responses=documented_problems(NotAllowed()),
    )
    async def listed(self, visitor: Injected[Visitor], list_people: Injected[ListPeople]) -> list[PersonResponse]:
        """Sorted by name, for admins. People whose account has ended come last."""
        return [_shown(one) for one in await list_people(visitor.account)]

    @put(
        "/{person_id:uuid}/roles",
        operation_id="changeRoles",
        opt=CONFIRMED,
        summary="Change a person's roles",
        responses=documented_problems(
            NotAllowed(),
            _NOBODY,
            _NO_ROLE,
            LastAdmin(),
            SessionsToCome(name="Ana Novak", sessions=3),
            StillConnected(name="Ana Novak", labels=["Zoom"]),
            changes=True,
            confirmed=True,
        ),
    )
    async def change_roles_of(
        self,
        person_id: FromPath[UUID],
        data: JSONBody[RolesForm],
        visitor: Injected[Visitor],
        change_roles: Injected[ChangeRoles],
    ) -> PersonResponse:
        """A consultant with upcoming sessions or a connection keeps the role: reassign or cancel the sessions and
        disconnect first."""
        return _shown(await change_roles(visitor.account, person_id, frozenset(data.roles)))

    @get(
        "/{person_id:uuid}/ending",
        operation_id="previewEnding",
        summary="Preview the effects of ending an account",
        responses=documented_problems(NotAllowed(), _NOBODY),
    )
    async def preview(
        self, person_id: FromPath[UUID], visitor: Injected[Visitor], end_account: Injected[EndAccount]
    ) -> EndingPreviewResponse:
        return _previewed(await end_account.preview(visitor.account, person_id))

    @post(
        "/{person_id:uuid}/end",
        operation_id="endAccount",
        opt=CONFIRMED,
        status_code=200,
        summary="End the account of a person who leaves",
        responses=documented_problems(NotAllowed(), _NOBODY, LastAdmin(), changes=True, confirmed=True),
    )
    async def end(
        self,
        person_id: FromPath[UUID],
        data: JSONBody[EndingForm],
        visitor: Injected[Visitor],
        end_account: Injected[EndAccount],
        meeting_providers: Injected[Providers],
    ) -> EndedAccountResponse:
        """Signs the person out everywhere at once and ends their connections. Their upcoming sessions stay until
        someone reassigns them."""
        return _ended(await end_account(visitor.account, person_id, data.meetings), meeting_providers)

    @post(
        "/{person_id:uuid}/restore",
        operation_id="restoreAccount",
        opt=CONFIRMED,
        status_code=200,
        summary="Bring back a person whose account has ended",
        responses=documented_problems(NotAllowed(), _NOBODY, changes=True, confirmed=True),
    )
    async def restore(
        self, person_id: FromPath[UUID], visitor: Injected[Visitor], restore_account: Injected[RestoreAccount]
    ) -> PersonResponse:
        """With the roles of before. The old password stays void: create a reset link next."""
        return _shown(await restore_account(visitor.account, person_id))

    @post(
        "/{person_id:uuid}/reset-link",
        operation_id="makeResetLink",
        opt=CONFIRMED,
        summary="Create a link by which a person chooses a new password",
        responses=documented_problems(
            NotAllowed(), _NOBODY, AccountEnded(name="Ana Novak"), OwnResetLink(), changes=True, confirmed=True
        ),
    )
    async def make_link(
        self,
        person_id: FromPath[UUID],
        visitor: Injected[Visitor],
        make_reset_link: Injected[MakeResetLink],
        settings: Injected[Settings],
    ) -> ResetLinkMade:
        """The previous link of the person stops working. The old password works until the link is used."""
        made = await make_reset_link(visitor.account, person_id)
        address = settings.reset_address(made.secret.text)
        return ResetLinkMade(address, made.account.name, made.account.email, made.link.ends_at)

    @delete(
        "/{person_id:uuid}/reset-link",
        operation_id="revokeResetLink",
        opt=CONFIRMED,
        summary="Revoke a person's link for a new password",
        status_code=204,
        responses={204: DONE, **documented_problems(NotAllowed(), _NOBODY, changes=True, confirmed=True)},
    )
    async def revoke_link(
        self, person_id: FromPath[UUID], visitor: Injected[Visitor], make_reset_link: Injected[MakeResetLink]
    ) -> None:
        await make_reset_link.revoke(visitor.account, person_id)

    @delete(
        "/{person_id:uuid}/second-factor",
        operation_id="resetSecondFactor",
        opt=CONFIRMED,
        summary="Remove the second factor of a person who can no longer prove it",
        status_code=200,
        responses=documented_problems(NotAllowed(), _NOBODY, OwnSecondFactor(), changes=True, confirmed=True),
    )
    async def reset_factor(
        self, person_id: FromPath[UUID], visitor: Injected[Visitor], reset_second_factor: Injected[ResetSecondFactor]
    ) -> PersonResponse:
        """Signs the person out everywhere. They sign in with the password alone until they set up another one."""
        return _shown(await reset_second_factor(visitor.account, person_id))


def _shown(status: PersonStatus) -> PersonResponse:
    account = status.account
    return PersonResponse(
        account.id,
        account.name,
        account.email,
        sorted(account.roles),
        status.coming,
        list(status.connected_at),
        status.last_login_at,
        account.ended_at,
        status.reset_link_until,
        list(status.second_factors),
    )


def _previewed(preview: EndingPreview) -> EndingPreviewResponse:
    sessions = [UpcomingSession(one.id, one.title, one.starts_at, one.ends_at) for one in preview.bookings]
    connections = [
        ConnectionToEndResponse(one.provider, one.label, list(map(_affected, one.affected)))
        for one in preview.connections
    ]
    return EndingPreviewResponse(_shown(preview.status), preview.last_admin, sessions, connections)


def _affected(preview: DisconnectPreview) -> SessionWithMeeting:
    booking = preview.booking
    return SessionWithMeeting(
        booking.id, booking.details.title, booking.details.slot.starts_at, preview.on_remove, preview.on_keep
    )


def _ended(ended: EndedAccount, providers: Providers) -> EndedAccountResponse:
    connections = []
    for one in ended.connections:
        found = providers.find(one.provider)
        connections.append(
            EndedConnectionResponse(
                one.provider,
                one.label,
                one.ending.revocation,
                one.ending.meetings_left,
                found.removal_address if found else "",
            )
        )
    return EndedAccountResponse(_shown(ended.status), connections)
