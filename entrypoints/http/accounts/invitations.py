"""Invitations to a practice: an admin creates them, the invited person accepts them."""

from datetime import datetime
from uuid import UUID, uuid4

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.params import FromPath, JSONBody

from application.accounts.accept_invitation import AcceptInvitation
from application.accounts.find_practice import FindPractice
from application.accounts.invite_colleague import InviteColleague, Made, Wanted
from application.accounts.log_in import Origin, Visitor
from domain.accounts.account import Role
from domain.accounts.errors import InvitationInvalid, InvitationRevoked, SignsInElsewhere, TooBusy, TooManyLinks
from domain.accounts.invitation import Invitation, InvitationState
from domain.errors import Invalid, NotAllowed, NotFound, ObjectKind
from domain.language import Language
from domain.rule import Rule
from entrypoints.http.accounts.me import SHORT_PASSWORD, Me, me_of
from entrypoints.http.documented_problems import DONE, documented_problems
from entrypoints.http.idempotency import KEY_REFUSED, IdempotencyKey, creation_key
from entrypoints.http.injected import CONFIRMED, Injected, cookies_of
from entrypoints.settings import Settings

_TAKEN = Invalid("email", Rule.EMAIL_TAKEN, email="ana@example.com", name="Ana Novak")
_NONE = NotFound(ObjectKind.INVITATION)
LINK_PROBLEMS = (TooManyLinks(retry_after=15),)


class InvitationForm(msgspec.Struct, forbid_unknown_fields=True):
    """`roles`: admin, consultant or both. `name` is a suggestion that the invited person can change."""

    name: str
    email: str
    roles: list[Role]


class InvitationResponse(msgspec.Struct):
    """`made_by`: the name of the admin who created or last renewed the invitation. It can be accepted until
    `ends_at`."""

    id: UUID
    name: str
    email: str
    roles: list[Role]
    state: InvitationState
    made_by: str | None
    made_at: datetime
    ends_at: datetime
    accepted_at: datetime | None


class InvitationMade(msgspec.Struct):
    """`link` appears only in this response. Send it to the invited person; it works once, until `ends_at`."""

    id: UUID
    link: str
    name: str
    email: str
    ends_at: datetime


class LinkForm(msgspec.Struct, forbid_unknown_fields=True):
    """`token`: the part after the # of the link. It travels in bodies only, which keeps it out of logs."""

    token: str


class InvitationPreviewResponse(msgspec.Struct):
    """The admin, the invited person and the practice of an invitation. `language` is the practice's."""

    practice: str
    language: Language | None
    invited_by: str
    name: str
    email: str
    roles: list[Role]
    ends_at: datetime


class AcceptForm(msgspec.Struct, forbid_unknown_fields=True):
    token: str
    name: str
    password: str


class Invitations(Controller):
    path = "/api/invitations"
    tags = ("people",)

    @get(
        operation_id="listInvitations",
        summary="List invitations and their states",
        responses=documented_problems(NotAllowed()),
    )
    async def listed(
        self, visitor: Injected[Visitor], invite_colleague: Injected[InviteColleague]
    ) -> list[InvitationResponse]:
        """Newest first, for admins. An ended invitation stays in the list for a month."""
        found = await invite_colleague.listed(visitor.account)
        return [_shown(one, found.names.get(one.made_by), found.now) for one in found.invitations]

    @post(
        operation_id="invite",
        summary="Invite a consultant or an admin",
        opt=CONFIRMED,
        responses=documented_problems(
            NotAllowed(), _TAKEN, *KEY_REFUSED, InvitationInvalid(), changes=True, confirmed=True
        ),
    )
    async def invite(
        self,
        data: JSONBody[InvitationForm],
        visitor: Injected[Visitor],
        invite_colleague: Injected[InviteColleague],
        settings: Injected[Settings],
        idempotency_key: IdempotencyKey = None,
    ) -> InvitationMade:
        wanted = Wanted(data.name, data.email, frozenset(data.roles))
        return _made(await invite_colleague(visitor.account, creation_key(visitor, idempotency_key), wanted), settings)

    @post(
        "/{invitation_id:uuid}/link",
        operation_id="renewInvitation",
        summary="Create a new link; the previous one stops working",
        opt=CONFIRMED,
        responses=documented_problems(
            NotAllowed(), _NONE, InvitationInvalid(), InvitationRevoked(), _TAKEN, changes=True, confirmed=True
        ),
    )
    async def renew(
        self,
        invitation_id: FromPath[UUID],
        visitor: Injected[Visitor],
        invite_colleague: Injected[InviteColleague],
        settings: Injected[Settings],
    ) -> InvitationMade:
        return _made(await invite_colleague.renew(visitor.account, invitation_id), settings)

    @delete(
        "/{invitation_id:uuid}",
        operation_id="revokeInvitation",
        summary="Revoke an invitation; its link stops working",
        status_code=204,
        opt=CONFIRMED,
        responses={
            204: DONE,
            **documented_problems(NotAllowed(), _NONE, InvitationInvalid(), changes=True, confirmed=True),
        },
    )
    async def revoke(
        self, invitation_id: FromPath[UUID], visitor: Injected[Visitor], invite_colleague: Injected[InviteColleague]
    ) -> None:
        await invite_colleague.revoke(visitor.account, invitation_id)

    @post(
        "/look",
        operation_id="lookAtInvitation",
        status_code=200,
        summary="Show who invites me to which practice; changes nothing",
        opt={"public": True},
        responses=documented_problems(InvitationInvalid(), *LINK_PROBLEMS, public=True, changes=True),
    )
    async def look(
        self, data: JSONBody[LinkForm], origin: Injected[Origin], accept_invitation: Injected[AcceptInvitation]
    ) -> InvitationPreviewResponse:
        seen = await accept_invitation.look(data.token, origin.network)
        invitation = seen.invitation
        return InvitationPreviewResponse(
            seen.organization.name,
            seen.organization.language,
            seen.by,
            invitation.name,
            invitation.email,
            sorted(invitation.roles),
            invitation.ends_at,
        )

    @post(
        "/accept",
        operation_id="acceptInvitation",
        summary="Accept an invitation, choose a password, and sign in",
        opt={"public": True},
        responses=documented_problems(
            InvitationInvalid(),
            SignsInElsewhere(email="ana@example.com"),
            SHORT_PASSWORD,
            TooBusy(retry_after=5),
            *LINK_PROBLEMS,
            public=True,
            changes=True,
        ),
    )
    async def accept(
        self,
        data: JSONBody[AcceptForm],
        origin: Injected[Origin],
        accept_invitation: Injected[AcceptInvitation],
        find_practice: Injected[FindPractice],
        settings: Injected[Settings],
    ) -> Response[Me]:
        logged_in = await accept_invitation(data.token, uuid4(), data.name, data.password, origin)
        shown = me_of(logged_in.account, await find_practice(logged_in.account))
        return Response(shown, cookies=cookies_of(settings, logged_in))


def _made(made: Made, settings: Settings) -> InvitationMade:
    one = made.invitation
    return InvitationMade(one.id, settings.invitation_address(made.secret.text), one.name, one.email, one.ends_at)


def _shown(one: Invitation, made_by: str | None, now: datetime) -> InvitationResponse:
    return InvitationResponse(
        one.id,
        one.name,
        one.email,
        sorted(one.roles),
        one.state(now),
        made_by,
        one.made_at,
        one.ends_at,
        one.accepted_at,
    )
