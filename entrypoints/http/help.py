"""Facts about a provider for the help page. The page has the texts, in each language."""

from datetime import timedelta

import msgspec
from litestar import get
from litestar.params import FromPath

from application.clean_up import PROCESSED_EVENT
from domain.accounts.known_browser import LIFETIME as KNOWN_BROWSER
from domain.accounts.login_session import IDLE_TIMEOUT
from domain.accounts.login_session import LIFETIME as LOGIN
from domain.booking.draft import KEPT_FOR as DRAFT
from domain.connection.authorization_request import LIFETIME as AUTHORIZATION_REQUEST
from domain.connection.connect_link import LIFETIME as CONNECT_LINK
from domain.connection.connection import IDLE_AFTER
from domain.errors import NotFound, ObjectKind
from domain.provider import Scope
from domain.providers import Providers
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import Injected
from entrypoints.settings import Settings


class ProviderResponse(msgspec.Struct):
    """People remove Calendra at `removal_address`, and see and delete their meetings at `meetings_address`."""

    provider: str
    label: str
    removal_address: str
    meetings_address: str


class HelpFacts(msgspec.Struct):
    """`daily_calls`: how many meetings a consultant can create or change at the provider per UTC day, null without a
    limit. The provider's titles are cut to `longest_title` characters. An idle connection is refreshed after
    `idle_refresh_days`.

    The other fields are retention times: drafts, authorization requests, connect links, login sessions (total, and
    without use), known browsers, and deduplication keys of processed events.
    """

    provider: str
    label: str
    permissions: list[Scope]
    removal_address: str
    support_contact: str
    support_hours: str
    daily_calls: int | None
    longest_title: int
    draft_days: int
    authorization_request_minutes: int
    link_days: int
    login_days: int
    login_idle_days: int
    known_browser_days: int
    processed_event_days: int
    idle_refresh_days: int


@get(
    "/api/help", operation_id="listProviders", summary="List the meeting providers", tags=["help"], opt={"public": True}
)
async def list_providers(meeting_providers: Injected[Providers]) -> list[ProviderResponse]:
    """In the order in which the page offers them."""
    return [
        ProviderResponse(one.name, one.label, one.removal_address, one.meetings_address) for one in meeting_providers
    ]


@get(
    "/api/help/{provider:str}",
    operation_id="getHelp",
    summary="Facts for the help page",
    tags=["help"],
    opt={"public": True},
    responses=documented_problems(NotFound(ObjectKind.MEETING_PROVIDER), public=True),
)
async def help_facts(
    provider: FromPath[str], meeting_providers: Injected[Providers], settings: Injected[Settings]
) -> HelpFacts:
    found = meeting_providers[provider]
    return HelpFacts(
        provider=found.name,
        label=found.label,
        permissions=[*found.scopes],
        removal_address=found.removal_address,
        support_contact=settings.support_contact,
        support_hours=settings.support_hours,
        daily_calls=found.daily_calls,
        longest_title=found.longest_title,
        draft_days=DRAFT.days,
        authorization_request_minutes=AUTHORIZATION_REQUEST // timedelta(minutes=1),
        link_days=CONNECT_LINK.days,
        login_days=LOGIN.days,
        login_idle_days=IDLE_TIMEOUT.days,
        known_browser_days=KNOWN_BROWSER.days,
        processed_event_days=PROCESSED_EVENT.days,
        idle_refresh_days=IDLE_AFTER.days,
    )
