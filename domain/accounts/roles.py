"""The roles a person may have, and when a role may be removed."""

from collections.abc import Collection
from dataclasses import replace

from domain.accounts.account import Account, Role
from domain.accounts.errors import LastAdmin, SessionsToCome, StillConnected
from domain.errors import Invalid
from domain.rule import Rule


def at_least_one(roles: frozenset[Role]) -> frozenset[Role]:
    if not roles:
        raise Invalid("roles", Rule.NO_ROLE)
    return roles


def with_roles(
    account: Account, roles: frozenset[Role], *, other_admins: int, coming: int, connected_at: Collection[str]
) -> Account:
    """The account with these roles.

    `other_admins`: the number of other admins in the practice. `coming`: the number of this consultant's planned
    bookings that are not over. `connected_at`: the labels of the providers to which the consultant is connected. Raises
    Invalid, LastAdmin, SessionsToCome, StillConnected.
    """
    at_least_one(roles)
    if account.is_admin and Role.ADMIN not in roles and not other_admins:
        raise LastAdmin
    if Role.CONSULTANT in account.roles - roles:
        if coming:
            raise SessionsToCome(name=account.name, sessions=coming)
        if connected_at:
            raise StillConnected(name=account.name, labels=sorted(connected_at))
    return replace(account, roles=roles)
