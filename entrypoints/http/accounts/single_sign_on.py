"""The practice's identity provider, and the people who are linked to it. For admins."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, put
from litestar.params import FromPath, JSONBody

from application.accounts.log_in import Visitor
from application.accounts.remove_identity_link import RemoveIdentityLink
from application.accounts.set_identity_provider import SetIdentityProvider, SingleSignOn, WantedProvider
from application.accounts.turn_off_single_sign_on import TurnOffSingleSignOn
from domain.accounts.account import Account
from domain.accounts.identity_provider import IdentityProvider
from domain.errors import Invalid, NotAllowed, NotFound, ObjectKind
from domain.rule import Rule
from entrypoints.http.documented_problems import DONE, documented_problems
from entrypoints.http.injected import CONFIRMED, Injected
from entrypoints.settings import Settings


class IdentityProviderForm(msgspec.Struct, forbid_unknown_fields=True):
    """`client_secret` null keeps the stored one, as long as issuer and client stay the same. `break_glass`: the ids of
    the admins who may sign in with their password although single sign-on is `required`."""

    issuer: str
    client_id: str
    domains: list[str]
    required: bool
    break_glass: list[UUID]
    client_secret: str | None = None

    def wanted(self) -> WantedProvider:
        return WantedProvider(
            self.issuer,
            self.client_id,
            self.client_secret,
            tuple(self.domains),
            self.required,
            frozenset(self.break_glass),
        )


class IdentityProviderResponse(msgspec.Struct):
    """`secret_readable`: whether the stored client secret can be decrypted; if not, enter it again."""

    issuer: str
    client_id: str
    domains: list[str]
    required: bool
    break_glass: list[UUID]
    set_at: datetime
    secret_readable: bool


class LinkedPerson(msgspec.Struct):
    account_id: UUID
    linked_at: datetime


class SingleSignOnResponse(msgspec.Struct):
    """`provider` null: the practice has none. Register `callback_address` at the identity provider, and give
    `sign_in_address` to the people."""

    provider: IdentityProviderResponse | None
    sign_in_address: str
    callback_address: str
    linked: list[LinkedPerson]


class SingleSignOnOfPractice(Controller):
    path = "/api/practice/single-sign-on"
    tags = ("practice",)

    @get(
        operation_id="getSingleSignOn",
        summary="Show the practice's identity provider",
        responses=documented_problems(NotAllowed()),
    )
    async def shown(
        self,
        visitor: Injected[Visitor],
        set_identity_provider: Injected[SetIdentityProvider],
        settings: Injected[Settings],
    ) -> SingleSignOnResponse:
        """Never shows the client secret."""
        return _shown(await set_identity_provider.show(visitor.account), visitor.account, settings)

    @put(
        operation_id="setSingleSignOn",
        opt=CONFIRMED,
        summary="Set the practice's identity provider",
        responses=documented_problems(
            NotAllowed(),
            Invalid("issuer", Rule.ISSUER_NO_PKCE),
            Invalid("break_glass", Rule.NO_BREAK_GLASS),
            changes=True,
            confirmed=True,
        ),
    )
    async def set(
        self,
        data: JSONBody[IdentityProviderForm],
        visitor: Injected[Visitor],
        set_identity_provider: Injected[SetIdentityProvider],
        settings: Injected[Settings],
    ) -> SingleSignOnResponse:
        """Reads the provider's discovery document first, and saves nothing if it does not fit."""
        return _shown(await set_identity_provider(visitor, data.wanted()), visitor.account, settings)

    @delete(
        operation_id="removeSingleSignOn",
        opt=CONFIRMED,
        summary="Remove the practice's identity provider",
        status_code=204,
        responses={204: DONE, **documented_problems(NotAllowed(), changes=True, confirmed=True)},
    )
    async def remove(self, visitor: Injected[Visitor], turn_off_single_sign_on: Injected[TurnOffSingleSignOn]) -> None:
        """People sign in with their passwords again. Login sessions go on."""
        await turn_off_single_sign_on.remove(visitor.account)

    @delete(
        "/links/{person_id:uuid}",
        operation_id="removeIdentityLink",
        opt=CONFIRMED,
        summary="Remove the link between a person and their identity at the provider",
        status_code=204,
        responses={
            204: DONE,
            **documented_problems(NotAllowed(), NotFound(ObjectKind.PERSON), changes=True, confirmed=True),
        },
    )
    async def unlink(
        self,
        person_id: FromPath[UUID],
        visitor: Injected[Visitor],
        remove_identity_link: Injected[RemoveIdentityLink],
    ) -> None:
        """The person's next sign-in at the provider makes a new link, by the proven address."""
        await remove_identity_link(visitor.account, person_id)


def _of(provider: IdentityProvider) -> IdentityProviderResponse:
    return IdentityProviderResponse(
        provider.issuer,
        provider.client_id,
        list(provider.domains),
        provider.required,
        sorted(provider.break_glass),
        provider.set_at,
        provider.client_secret is not None,
    )


def _shown(found: SingleSignOn, account: Account, settings: Settings) -> SingleSignOnResponse:
    provider = found.provider
    here = account.organization_id
    return SingleSignOnResponse(
        _of(provider) if provider else None,
        settings.sign_in_address(here),
        settings.sign_in_callback_address(here),
        [LinkedPerson(one.account_id, one.linked_at) for one in found.links],
    )
