"""The share of password hashing that a request may use: of one actor, and of one practice.

A web process hashes few passwords at once and lets few wait. Without shares, one person with a correct password or one
network could keep that capacity busy, and nobody else could sign in.
"""

from dataclasses import dataclass
from uuid import UUID

from domain.accounts.network import wider_networks

OF_ACCOUNT = 4
OF_PRACTICE = 20
OF_NETWORK = 10

# A /56 and a /48 have less room than the login throttle gives them, because all their requests arrive at once.
_OF_WIDER_NETWORKS = (15, 20)


@dataclass(frozen=True, slots=True)
class Holder:
    """`most`: how many of its requests are hashed or wait at once."""

    key: str
    most: int


@dataclass(frozen=True, slots=True)
class HashingShare:
    """`turn`: requests of one turn are hashed one at a time, and the turns alternate. `holders` are all whose share the
    request uses. `known`: the request does not share capacity with unknown browsers."""

    turn: str
    holders: tuple[Holder, ...]
    known: bool = True


BY_OPERATOR = HashingShare("operator", ())


def of_account(organization_id: UUID, account_id: UUID) -> HashingShare:
    """For a signed-in person or a known browser."""
    practice = _practice(organization_id)
    return HashingShare(practice.key, (Holder(f"account {account_id}", OF_ACCOUNT), practice))


def of_link_holder(organization_id: UUID, network: str) -> HashingShare:
    """For a person with a valid one-time link of the practice."""
    practice = _practice(organization_id)
    return HashingShare(practice.key, (*_networks(network), practice))


def of_stranger(network: str, organization_id: UUID | None) -> HashingShare:
    """For an unknown browser. `organization_id` is the practice of the address, None for an unknown address.

    The turn follows from the network alone: by the turn of a practice, an attacker could measure whether an address has
    an account.
    """
    networks = _networks(network)
    practice = (_practice(organization_id),) if organization_id else ()
    return HashingShare(networks[-1].key, (*networks, *practice), known=False)


def _practice(organization_id: UUID) -> Holder:
    return Holder(f"practice {organization_id}", OF_PRACTICE)


def _networks(network: str) -> tuple[Holder, ...]:
    """The network itself first, the widest last."""
    wider = zip(wider_networks(network), _OF_WIDER_NETWORKS, strict=False)
    return (Holder(f"network {network}", OF_NETWORK), *(Holder(f"network {outer}", most) for outer, most in wider))
