"""The identity provider of a practice (OpenID Connect): with whose accounts its people sign in, and who may still use a
password."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from domain.accounts.account import Account
from domain.accounts.identity import Identity
from domain.accounts.sign_on_errors import IdentityRefused, RefusedIdentity
from domain.errors import Invalid
from domain.rule import Rule
from domain.text_rules import line

MOST_DOMAINS = 50
_ISSUER = re.compile(r"https?://(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?(/[A-Za-z0-9._~%/+-]*)?")
_DOMAIN = re.compile(r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")


class PasswordSignIn(StrEnum):
    """Whether a person of the practice may sign in with the password."""

    USUAL = "usual"
    BREAK_GLASS = "break_glass"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """`issuer` is the provider's address as its discovery document names it. `client_secret` is None when the stored
    one cannot be decrypted. `domains`: addresses of these domains, and of no others, are linked to accounts.
    `required`: the practice's people sign in with this provider only. `break_glass`: the admins who may use their
    password all the same."""

    organization_id: UUID
    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)
    domains: tuple[str, ...]
    required: bool
    break_glass: frozenset[UUID]
    set_at: datetime

    def __post_init__(self) -> None:
        """Raises Invalid."""
        object.__setattr__(self, "issuer", _issuer(self.issuer))
        object.__setattr__(self, "client_id", line("client_id", self.client_id, longest=500, required=True))
        if self.client_secret is not None:
            secret = line("client_secret", self.client_secret, longest=1000, required=True)
            object.__setattr__(self, "client_secret", secret)
        object.__setattr__(self, "domains", _domains(self.domains))

    def same_client_as(self, other: "IdentityProvider") -> bool:
        """Whether both are the same client of the same provider."""
        return (self.issuer, self.client_id) == (other.issuer, other.client_id)

    def with_secret_of(self, other: "IdentityProvider") -> "IdentityProvider":
        """Never sends a stored secret to another server than it was entered for. Raises Invalid."""
        if not self.same_client_as(other):
            raise Invalid("client_secret", Rule.SECRET_NEEDED)
        return replace(self, client_secret=other.client_secret)

    def must_keep_a_way_in(self, admins: Collection[Account]) -> None:
        """When single sign-on is required, an admin may still sign in if the provider is gone. Raises Invalid."""
        known = {one.id for one in admins}
        if not self.break_glass <= known:
            raise Invalid("break_glass", Rule.NOT_AN_ADMIN)
        if self.required and not self.break_glass:
            raise Invalid("break_glass", Rule.NO_BREAK_GLASS)

    def password_sign_in(self, account: Account, admins: Collection[Account]) -> PasswordSignIn:
        """`admins`: those of the practice at present. When none of the chosen ones is left, every admin may: the last
        admin always gets in."""
        if not self.required:
            return PasswordSignIn.USUAL
        present = {one.id for one in admins}
        chosen = self.break_glass & present or present
        return PasswordSignIn.BREAK_GLASS if account.id in chosen else PasswordSignIn.REFUSED

    def must_admit(self, identity: Identity) -> None:
        """Whether the address of this identity may be linked to an account. Raises IdentityRefused."""
        if not identity.email_proven:
            raise IdentityRefused(RefusedIdentity.ADDRESS_NOT_VERIFIED, identity.email)
        if _ascii(identity.domain) not in self.domains:
            raise IdentityRefused(RefusedIdentity.DOMAIN_NOT_ALLOWED, identity.email)

    def differences(self, other: "IdentityProvider") -> list[str]:
        """The names of the fields that differ."""
        names = ("issuer", "client_id", "client_secret", "domains", "required", "break_glass")
        return [name for name in names if getattr(self, name) != getattr(other, name)]


def on_this_machine(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _issuer(address: str) -> str:
    text = line("issuer", address, longest=500, required=True)
    scheme, mark, rest = text.partition("://")
    host, slash, path = rest.partition("/")
    text = f"{scheme.lower()}{mark}{host.lower()}{slash}{path}"  # the path compares exactly
    plain = text.startswith("http:") and not on_this_machine(text)
    if not _ISSUER.fullmatch(text) or plain or not _has_port(text):
        raise Invalid("issuer", Rule.NOT_AN_ISSUER)
    return text


def _has_port(address: str) -> bool:
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


def _domains(domains: Collection[str]) -> tuple[str, ...]:
    found = sorted({_ascii(one.strip().removeprefix("@")) for one in domains})
    if not found:
        raise Invalid("domains", Rule.NO_DOMAIN)
    if len(found) > MOST_DOMAINS:
        raise Invalid("domains", Rule.TOO_MANY_DOMAINS, most=MOST_DOMAINS)
    for one in found:
        if not _DOMAIN.fullmatch(one):
            raise Invalid("domains", Rule.NOT_A_DOMAIN, domain=one[:100])
    return tuple(found)


def _ascii(domain: str) -> str:
    """Domains with other letters compare in the form in which the domain name system knows them."""
    try:
        return domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return domain.lower()
