"""What users and reviewers ask about a provider: add, use, remove, troubleshoot, data, permissions, support."""

import msgspec
from litestar import get
from litestar.params import FromPath

from domain.errors import NotFound
from domain.ports.meeting_provider import Provider, Scope
from domain.providers import Providers
from entrypoints.http.given import Given
from entrypoints.http.refusals import refusals
from entrypoints.settings import Settings


class Section(msgspec.Struct):
    title: str
    paragraphs: list[str]


class HelpText(msgspec.Struct):
    provider: str
    label: str
    sections: list[Section]
    permissions: list[Scope]
    removal_address: str
    support_contact: str
    support_hours: str


@get(
    "/api/help", operation_id="listProviders", summary="The meeting providers here", tags=["help"], opt={"public": True}
)
async def list_providers(meeting_providers: Given[Providers]) -> dict[str, str]:
    """Name and label of each, in the order in which they are offered."""
    return {provider.name: provider.label for provider in meeting_providers}


@get(
    "/api/help/{provider:str}",
    operation_id="getHelp",
    summary="Help text data",
    tags=["help"],
    opt={"public": True},
    responses=refusals(NotFound("meeting provider"), public=True),
)
async def help_text(
    provider: FromPath[str], meeting_providers: Given[Providers], settings: Given[Settings]
) -> HelpText:
    found = meeting_providers[provider]
    return HelpText(
        found.name,
        found.label,
        [_adding(found), _using(found), _removing(found), _troubles(found), _data(found)],
        [*found.scopes],
        found.removal_address,
        settings.support_contact,
        settings.support_hours,
    )


def _adding(provider: Provider) -> Section:
    label = provider.label
    return Section(
        f"Connect {label}",
        [
            (
                f"You need not set anything up beforehand. Book a session, switch Online on and choose {label}. "
                f"When you save for the first time, Calendra takes you to {label}'s own page, which asks whether "
                "Calendra may make meetings for you."
            ),
            "Allow it, and you come back to your session form as you left it. Save it, and the link is there.",
            (
                f"If {label} says that your administrator has to approve first, the form is kept for 60 days. "
                "Come back when the approval is there and connect again."
            ),
            (
                f"If an admin of your practice sent you a personal link, open it and sign in to Calendra; "
                f"it takes you to {label}."
            ),
            (
                f"If you begin at {label}'s app directory, you arrive in Calendra too. Sign in and press "
                f"Connect {label} there; nothing is connected before you do."
            ),
        ],
    )


def _using(provider: Provider) -> Section:
    return Section(
        f"Use {provider.label} in Calendra",
        [
            (
                f"Every online session gets a meeting in the {provider.label} account of the consultant who holds it, "
                "also when an admin books it."
            ),
            (
                "Changing the time or the title keeps the link and changes the meeting. Another consultant means a new "
                "meeting in their account and a new link; the old one is removed. Switching Online off, cancelling or "
                "deleting removes the meeting."
            ),
            (
                f"When {provider.label} cannot be reached, the session is saved all the same and the link follows. The "
                "session says what it waits for and when the next try is."
            ),
        ],
    )


def _removing(provider: Provider) -> Section:
    label = provider.label
    return Section(
        f"Remove {label}",
        [
            (
                f"In Calendra: Connections, Disconnect {label}. You see beforehand which upcoming sessions are "
                "touched and choose whether their meetings are kept or removed. Calendra then ends the "
                f"authorization at {label} and destroys the tokens."
            ),
            (
                f"At {label}: open {provider.removal_address} and remove Calendra. {label} tells us, and the "
                f"tokens and your {label} profile data are destroyed at once. Links of booked sessions stay."
            ),
            "After that, new sessions there need a new connection. You can connect again at any time.",
        ],
    )


def _troubles(provider: Provider) -> Section:
    label = provider.label
    return Section(
        "When something does not work",
        [
            (
                f"“Waits for … to connect again”: the authorization at {label} has ended. The consultant opens "
                f"Connections and presses Connect {label}; waiting sessions get their links by themselves."
            ),
            (
                f"“A permission is missing”: the administrator of your {label} account took a permission away. "
                "The message names it; ask them to allow it, then connect again."
            ),
            (
                f"“Daily limit”: {label} allows a limited number of new and changed meetings per consultant and day. "
                "Calendra goes on by itself after 00:00 UTC."
            ),
            f"“Already connected to another person”: sign in at {label} with your own account and try again.",
        ],
    )


def _data(provider: Provider) -> Section:
    label = provider.label
    return Section(
        "What is stored, and for how long",
        [
            (
                f"While you are connected: your {label} user id, account id, name, e-mail address and plan, and "
                f"the tokens that {label} issued, sealed with AES-256. They are destroyed when you disconnect, when "
                f"you remove Calendra at {label}, or on request by your e-mail address."
            ),
            (
                f"For each online session: the meeting's number at {label} and its join link, until the session is "
                "deleted or, when it is past, erasure of links is asked for. Start links are never stored."
            ),
            f"{label} is told the session's title and time. Clients' names, addresses and notes are not sent there.",
            (
                "Session forms that you did not finish are kept for 60 days, notices from the provider for 7 days as "
                "fingerprints only."
            ),
        ],
    )
