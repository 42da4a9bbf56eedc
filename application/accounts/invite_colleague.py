"""Invitations to join a practice: its admins create, list, renew and revoke them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.secret import DerivedSecrets, Secret
from application.security_events import record
from domain.accounts.account import Account, Role
from domain.accounts.errors import InvitationInvalid
from domain.accounts.invitation import MOST_PENDING, Invitation
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.creation import Creation, object_id_of
from domain.errors import Invalid, NotFound, ObjectKind, ResultGone
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.rule import Rule
from domain.security.event import EventFacts, EventKind, SecurityEvent


@dataclass(frozen=True, slots=True)
class Wanted:
    name: str
    email: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Made:
    """`secret` is shown once and not stored."""

    secret: Secret
    invitation: Invitation


@dataclass(frozen=True, slots=True)
class Listed:
    """Newest first, as of `now`. `names` are the names of the people who made them."""

    invitations: Sequence[Invitation]
    names: Mapping[UUID, str]
    now: datetime


@dataclass(frozen=True)
class InviteColleague:
    """Rules:

    - Admins invite to their own practice, and see every invitation to it with its state.
    - The link works once, within 72 hours, until it is revoked. A new link ends the previous one.
    - An invitation does not reserve the address: it signs in only after the invited person used the link.
    - No answer tells an admin whether an address signs in at another practice: such an address is invited like any
      other, and only the holder of the link learns of it. The own people are in the list of people anyway.
    - Each address has at most one pending invitation; a new invitation replaces one that has ended.
    - An account has at most 500 pending invitations.
    - A repeated request with the same key and content is the same invitation; other content under the key is refused,
      and so is a repetition when the invitation is gone.
    """

    begin: Begin
    secrets: DerivedSecrets
    clock: Clock
    most_pending: int = MOST_PENDING

    async def __call__(self, actor: Account, key: UUID, wanted: Wanted) -> Made:
        """Raises NotAllowed, Invalid, KeyReused, InvitationInvalid, ResultGone."""
        actor.must_be_admin()
        here, now = actor.organization_id, self.clock.now()
        invitation_id = object_id_of(key, now)
        secret = self.secrets.of(here, invitation_id)
        invitation = Invitation(
            here, invitation_id, secret.hash, wanted.email, wanted.name, wanted.roles, actor.id, now
        )
        creation = Creation.of(here, key, invitation.requested, at=now)
        async with self.begin() as work:
            if earlier := await work.creations.add(creation):
                creation.must_repeat(earlier)
                return await self._made_before(work, earlier)
            await self._must_be_free(work, invitation, now)
            await work.invitations.add(invitation)
            await _note(work, actor, Action.INVITED, EventKind.INVITED, invitation, now)
            await work.commit()
        return Made(secret, invitation)

    async def listed(self, actor: Account) -> Listed:
        """Raises NotAllowed."""
        actor.must_be_admin()
        async with self.begin() as work:
            found = await work.invitations.of_organization(actor.organization_id)
            makers = await work.people.accounts(actor.organization_id, {one.made_by for one in found})
        return Listed(found, {one.id: one.name for one in makers}, self.clock.now())

    async def renew(self, actor: Account, invitation_id: UUID) -> Made:
        """Raises NotAllowed, NotFound, InvitationInvalid, InvitationRevoked, Invalid."""
        secret, now = Secret.fresh(actor.organization_id), self.clock.now()
        async with self.begin() as work:
            before = await self._to_change(work, actor, invitation_id)
            renewed = before.renew(secret.hash, actor.id, now=now)
            await self._must_be_free(work, renewed, now)
            await work.invitations.save(renewed)
            await _note(work, actor, Action.INVITATION_RENEWED, EventKind.INVITATION_RENEWED, renewed, now)
            await work.commit()
        return Made(secret, renewed)

    async def revoke(self, actor: Account, invitation_id: UUID) -> None:
        """Raises NotAllowed, NotFound, InvitationInvalid."""
        now = self.clock.now()
        async with self.begin() as work:
            before = await self._to_change(work, actor, invitation_id)
            revoked = before.revoke(now=now)
            if revoked is before:
                return
            await work.invitations.save(revoked)
            await _note(work, actor, Action.INVITATION_REVOKED, EventKind.INVITATION_REVOKED, revoked, now)
            await work.commit()

    async def _made_before(self, work: UnitOfWork, earlier: Creation) -> Made:
        """The invitation of the first request. Raises InvitationInvalid when its link was renewed since."""
        secret = self.secrets.of(earlier.organization_id, earlier.object_id)
        found = await work.invitations.to_change(earlier.organization_id, earlier.object_id)
        if found is None:
            raise ResultGone
        if found.token_hash != secret.hash:
            raise InvitationInvalid
        return Made(secret, found)

    async def _to_change(self, work: UnitOfWork, actor: Account, invitation_id: UUID) -> Invitation:
        actor.must_be_admin()
        found = await work.invitations.to_change(actor.organization_id, invitation_id)
        if found is None:
            raise NotFound(ObjectKind.INVITATION)
        return found

    async def _must_be_free(self, work: UnitOfWork, invitation: Invitation, now: datetime) -> None:
        for person in await work.people.everybody(invitation.organization_id):
            if person.email == invitation.email:
                rule = Rule.EMAIL_ENDED if person.ended else Rule.EMAIL_TAKEN
                raise Invalid("email", rule, email=person.email, name=person.name)
        others = await work.invitations.of_organization(invitation.organization_id)
        pending = (one.made_by == invitation.made_by and one.pending(now) for one in others if one.id != invitation.id)
        if sum(pending) >= self.most_pending:
            raise Invalid("email", Rule.TOO_MANY_PENDING_LINKS, most=self.most_pending)
        for one in others:
            if one.email != invitation.email or one.id == invitation.id or one.accepted_at:
                continue
            if one.pending(now):
                raise Invalid("email", Rule.EMAIL_INVITED, email=one.email)
            await work.invitations.remove(one)
            await work.creations.erase_contents(one.organization_id, [one.id])


async def _note(
    work: UnitOfWork, actor: Account, action: Action, kind: EventKind, invitation: Invitation, now: datetime
) -> None:
    """Adds to the practice's history, whose subject is the organization, and to the security log."""
    here = actor.organization_id
    entry = AuditEntry(here, here, now, action, actor_id=actor.id, facts=Facts(name=invitation.name))
    await work.audit_log.add(entry)
    facts = EventFacts(roles=tuple(sorted(invitation.roles)))
    await record(work, SecurityEvent(kind, now, here, actor.id, invitation.id, facts=facts))
