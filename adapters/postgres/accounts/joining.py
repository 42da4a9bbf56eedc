"""Invitations, foundings and reset links in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_update

from adapters.postgres.accounts.people import to_language
from adapters.postgres.engine.transaction import Transaction
from adapters.postgres.retention import remove_before
from adapters.postgres.schema.joining_tables import foundings, invitations, reset_links
from adapters.postgres.schema.metadata import INSTANT
from domain.accounts.account import Role
from domain.accounts.founding import Founding, Proposal
from domain.accounts.invitation import Invitation
from domain.accounts.reset_link import ResetLink
from domain.ports.joining import Foundings, Invitations, ResetLinks

_i = invitations.c
_here = _i.organization_id == bindparam("organization_id")

_ADD = insert(invitations)
_TO_CHANGE = select(invitations).where(_here, _i.id == bindparam("id")).with_for_update()
_TO_USE = select(invitations).where(_here, _i.token_hash == bindparam("token_hash")).with_for_update()
# Core treats a parameter named like a column as a value to set, so the key of the row has parameter names of its own.
_SAVE = (
    update(invitations)
    .where(_i.organization_id == bindparam("here"), _i.id == bindparam("this"))
    .values(
        token_hash=bindparam("token_hash"),
        made_by=bindparam("made_by"),
        made_at=bindparam("made_at", type_=INSTANT),
        revoked_at=bindparam("revoked_at", type_=INSTANT),
        accepted_at=bindparam("accepted_at", type_=INSTANT),
    )
)
_OF_ORGANIZATION = select(invitations).where(_here).order_by(_i.made_at.desc(), _i.id)
_REMOVE = delete(invitations).where(_here, _i.id == bindparam("id"))
_REMOVE_OLD = remove_before(_i.made_at)


class PostgresInvitations(Invitations):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, invitation: Invitation) -> None:
        await self._transaction.run(
            _ADD,
            organization_id=invitation.organization_id,
            id=invitation.id,
            email=invitation.email,
            name=invitation.name,
            roles=sorted(role.value for role in invitation.roles),
            **_changing(invitation),
        )

    async def to_change(self, organization_id: UUID, invitation_id: UUID) -> Invitation | None:
        found = await self._transaction.run(_TO_CHANGE, organization_id=organization_id, id=invitation_id)
        row = found.one_or_none()
        return _to_invitation(row) if row else None

    async def to_use(self, organization_id: UUID, token_hash: bytes) -> Invitation | None:
        found = await self._transaction.run(_TO_USE, organization_id=organization_id, token_hash=token_hash)
        row = found.one_or_none()
        return _to_invitation(row) if row else None

    async def save(self, invitation: Invitation) -> None:
        place = {"here": invitation.organization_id, "this": invitation.id}
        await self._transaction.run(_SAVE, **place, **_changing(invitation))

    async def of_organization(self, organization_id: UUID) -> Sequence[Invitation]:
        found = await self._transaction.run(_OF_ORGANIZATION, organization_id=organization_id)
        return list(map(_to_invitation, found.all()))

    async def remove(self, invitation: Invitation) -> None:
        await self._transaction.run(_REMOVE, organization_id=invitation.organization_id, id=invitation.id)

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_OLD, moment=moment, most=most)).rowcount


def _changing(it: Invitation) -> dict[str, Any]:
    return {
        "token_hash": it.token_hash,
        "made_by": it.made_by,
        "made_at": it.made_at,
        "revoked_at": it.revoked_at,
        "accepted_at": it.accepted_at,
    }


def _to_invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        row.organization_id,
        row.id,
        row.token_hash,
        row.email,
        row.name,
        frozenset(map(Role, row.roles)),
        row.made_by,
        row.made_at,
        row.revoked_at,
        row.accepted_at,
    )


_f = foundings.c

_FOUNDING = (
    select(foundings)
    .where(_f.organization_id == bindparam("organization_id"), _f.token_hash == bindparam("token_hash"))
    .with_for_update()
)
_ADD_FOUNDING = insert(foundings)
_REMOVE_FOUNDING = delete(foundings).where(_f.organization_id == bindparam("organization_id"))
_REMOVE_OLD_FOUNDINGS = remove_before(_f.made_at)


class PostgresFoundings(Foundings):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def add(self, founding: Founding) -> None:
        proposal = founding.proposal
        await self._transaction.run(
            _ADD_FOUNDING,
            organization_id=founding.organization_id,
            token_hash=founding.token_hash,
            made_at=founding.made_at,
            only_first=founding.only_first,
            practice=proposal.practice,
            zone=proposal.zone,
            language=proposal.language and proposal.language.value,
            name=proposal.name,
            email=proposal.email,
            consultant=proposal.consultant,
        )

    async def to_use(self, organization_id: UUID, token_hash: bytes) -> Founding | None:
        found = await self._transaction.run(_FOUNDING, organization_id=organization_id, token_hash=token_hash)
        row = found.one_or_none()
        if row is None:
            return None
        proposal = Proposal(row.practice, row.zone, to_language(row.language), row.name, row.email, row.consultant)
        return Founding(row.organization_id, row.token_hash, row.made_at, row.only_first, proposal)

    async def remove(self, founding: Founding) -> None:
        await self._transaction.run(_REMOVE_FOUNDING, organization_id=founding.organization_id)

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_OLD_FOUNDINGS, moment=moment, most=most)).rowcount


_r = reset_links.c
_r_here = _r.organization_id == bindparam("organization_id")

_new_link = insert_or_update(reset_links)
_SAVE_LINK = _new_link.on_conflict_do_update(
    index_elements=[_r.organization_id, _r.account_id],
    set_={name: _new_link.excluded[name] for name in ("token_hash", "made_by", "made_at")},
)
_LINK = select(reset_links).where(_r_here, _r.token_hash == bindparam("token_hash"))
_USE_LINK_UP = delete(reset_links).where(_r_here, _r.token_hash == bindparam("token_hash"))
_LINKS = select(reset_links).where(_r_here)
_REMOVE_LINK = delete(reset_links).where(_r_here, _r.account_id == bindparam("account_id"))
_REMOVE_LINKS_MADE_BY = delete(reset_links).where(_r_here, _r.made_by == bindparam("made_by"))
_REMOVE_OLD_LINKS = remove_before(_r.made_at)


class PostgresResetLinks(ResetLinks):
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def save(self, link: ResetLink) -> None:
        await self._transaction.run(
            _SAVE_LINK,
            organization_id=link.organization_id,
            account_id=link.account_id,
            token_hash=link.token_hash,
            made_by=link.made_by,
            made_at=link.made_at,
        )

    async def find(self, organization_id: UUID, token_hash: bytes) -> ResetLink | None:
        found = await self._transaction.run(_LINK, organization_id=organization_id, token_hash=token_hash)
        row = found.one_or_none()
        return _to_reset_link(row) if row else None

    async def use_up(self, link: ResetLink) -> bool:
        here = link.organization_id
        return bool(
            (await self._transaction.run(_USE_LINK_UP, organization_id=here, token_hash=link.token_hash)).rowcount
        )

    async def of_organization(self, organization_id: UUID) -> Sequence[ResetLink]:
        found = await self._transaction.run(_LINKS, organization_id=organization_id)
        return list(map(_to_reset_link, found.all()))

    async def remove_of_account(self, organization_id: UUID, account_id: UUID) -> int:
        gone = await self._transaction.run(_REMOVE_LINK, organization_id=organization_id, account_id=account_id)
        return gone.rowcount

    async def remove_made_by(self, organization_id: UUID, account_id: UUID) -> int:
        gone = await self._transaction.run(_REMOVE_LINKS_MADE_BY, organization_id=organization_id, made_by=account_id)
        return gone.rowcount

    async def remove_made_before(self, moment: datetime, *, most: int) -> int:
        return (await self._transaction.run(_REMOVE_OLD_LINKS, moment=moment, most=most)).rowcount


def _to_reset_link(row: Row[Any]) -> ResetLink:
    return ResetLink(row.organization_id, row.account_id, row.token_hash, row.made_by, row.made_at)
