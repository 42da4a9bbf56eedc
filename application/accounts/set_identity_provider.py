"""Sets the practice's identity provider, and shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from application.accounts.log_in import Visitor
from application.accounts.password_sign_in import admins_of
from application.security_events import record
from domain.accounts.account import Account
from domain.accounts.identity import IdentityLink
from domain.accounts.identity_provider import IdentityProvider, PasswordSignIn
from domain.accounts.sign_in_method import SignInMethod
from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.audit.facts import Facts
from domain.errors import Invalid
from domain.ports.clock import Clock
from domain.ports.identity import OpenIdClient
from domain.ports.unit_of_work import Begin, UnitOfWork
from domain.rule import Rule
from domain.security.event import EventKind, SecurityEvent


@dataclass(frozen=True, slots=True)
class WantedProvider:
    """`client_secret` None keeps the stored one."""

    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)
    domains: tuple[str, ...]
    required: bool
    break_glass: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """`provider` None: the practice has none. `links`: the people who have signed in with it."""

    provider: IdentityProvider | None
    links: Sequence[IdentityLink]


@dataclass(frozen=True)
class SetIdentityProvider:
    """Rules:

    - Admins set the one identity provider of their practice. Its discovery document is read and must fit, or nothing
      is saved.
    - The client secret is stored encrypted and never shown. It is kept only for the issuer and the client that it was
      entered for, so that no other server ever receives it.
    - Another issuer ends all links: its subjects are other people.
    - When single sign-on is required, at least one admin is chosen who may sign in with the password. Requiring it ends
      the login sessions that the others began with a password, except the one that asks.
    """

    begin: Begin
    client: OpenIdClient
    clock: Clock

    async def show(self, actor: Account) -> SingleSignOn:
        """Raises NotAllowed."""
        actor.must_be_admin()
        async with self.begin() as work:
            provider = await work.identity_providers.find(actor.organization_id)
            links = await work.identity_links.of_organization(actor.organization_id)
        return SingleSignOn(provider, links)

    async def __call__(self, visitor: Visitor, wanted: WantedProvider) -> SingleSignOn:
        """Raises NotAllowed, Invalid."""
        actor = visitor.account
        actor.must_be_admin()
        async with self.begin() as work:
            await self._checked(work, actor, wanted)
        await self.client.check(wanted.issuer)
        async with self.begin() as work:
            before, provider = await self._checked(work, actor, wanted)
            if before is None or before.issuer != provider.issuer:
                await work.identity_links.remove_of_organization(actor.organization_id)
                await work.sign_in_requests.remove_of_organization(actor.organization_id)
            await work.identity_providers.save(provider)
            if provider.required:
                await _end_password_sessions(work, provider, visitor)
            for kind, action in _changes(before, provider):
                await _note(work, actor, provider, kind, action)
            links = await work.identity_links.of_organization(actor.organization_id)
            await work.commit()
        return SingleSignOn(provider, links)

    async def _checked(
        self, work: UnitOfWork, actor: Account, wanted: WantedProvider
    ) -> tuple[IdentityProvider | None, IdentityProvider]:
        here = actor.organization_id
        before = await work.identity_providers.find(here)
        provider = IdentityProvider(
            here,
            wanted.issuer,
            wanted.client_id,
            wanted.client_secret,
            wanted.domains,
            wanted.required,
            wanted.break_glass,
            self.clock.now(),
        )
        provider.must_keep_a_way_in(await admins_of(work, actor))
        return before, provider if wanted.client_secret is not None else _with_stored_secret(provider, before)


def _with_stored_secret(provider: IdentityProvider, before: IdentityProvider | None) -> IdentityProvider:
    if before is None or before.client_secret is None:
        raise Invalid("client_secret", Rule.MISSING)
    return provider.with_secret_of(before)


def _changes(before: IdentityProvider | None, after: IdentityProvider) -> Iterator[tuple[EventKind, Action]]:
    if before is None or set(before.differences(after)) - {"required"}:
        yield EventKind.IDENTITY_PROVIDER_SET, Action.IDENTITY_PROVIDER_SET
    if after.required and not (before and before.required):
        yield EventKind.SINGLE_SIGN_ON_REQUIRED, Action.SINGLE_SIGN_ON_REQUIRED
    if before and before.required and not after.required:
        yield EventKind.SINGLE_SIGN_ON_OPTIONAL, Action.SINGLE_SIGN_ON_OPTIONAL


async def _note(work: UnitOfWork, actor: Account, provider: IdentityProvider, kind: EventKind, action: Action) -> None:
    here, now = provider.organization_id, provider.set_at
    await work.audit_log.add(AuditEntry(here, here, now, action, actor.id, facts=Facts(name=provider.issuer)))
    await record(work, SecurityEvent(kind, now, here, actor.id))


async def _end_password_sessions(work: UnitOfWork, provider: IdentityProvider, visitor: Visitor) -> None:
    here = provider.organization_id
    everybody = await work.people.everybody(here)
    admins = [one for one in everybody if one.is_admin]
    for person in everybody:
        if provider.password_sign_in(person, admins) is not PasswordSignIn.REFUSED:
            continue
        for one in await work.login_sessions.of_account(here, person.id):
            if one.method is SignInMethod.PASSWORD and one.id != visitor.login_session.id:
                await work.login_sessions.remove(here, one.token_hash)
