"""The port of a meeting provider: OAuth, meetings, webhook events.

Every remote method raises the kinds of `domain.provider_errors` and nothing else, and ends within the adapter's time
limits. A provider is one `Provider` value; no other part of the program knows which providers exist.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from domain.connection.connection import ProviderAccount
from domain.connection.token_set import AccessToken, TokenSet
from domain.meeting.meeting import HeldMeeting, MeetingDetails, ObservedMeeting
from domain.meeting.orphans import MarkedMeeting
from domain.rate_limit import Cost


class OAuthClient(Protocol):
    """A consultant's own authorization (OAuth 2 with PKCE)."""

    @abstractmethod
    def authorize_address(self, state: str, verifier: str) -> str:
        """The address of the authorization redirect, with `state` and the S256 challenge of `verifier`."""

    @abstractmethod
    async def exchange(self, code: str, verifier: str) -> TokenSet:
        """The token set for a code. Raises AuthorizationRevoked when the code is not, or no longer, valid."""

    @abstractmethod
    async def refresh(self, token_set: TokenSet, *, within: timedelta | None = None) -> TokenSet:
        """A new token set, which replaces the old one; both tokens may be new. Raises AuthorizationRevoked only when
        final.

        Waits for the response `within` this time, when that is longer than for other calls: the response may be the
        only copy. Raises TryLater(unheard=True) when the response was lost: the same call may be repeated once at once.
        """

    @abstractmethod
    async def revoke(self, access: AccessToken) -> None:
        """Ends the authorization. Raises AccessRejected when the provider no longer accepts the token: the
        authorization has ended, or is still valid under a token that only a refresh yields. Raises NeedsConsultant when
        the call lacks a permission: the authorization is still valid."""

    @abstractmethod
    async def current_user(self, access: AccessToken) -> ProviderAccount: ...


class Meetings(Protocol):
    @abstractmethod
    async def create(self, access: AccessToken, marker: UUID, details: MeetingDetails) -> HeldMeeting:
        """Creates a meeting that carries `marker`. Raises TryLater(unheard=True) when it may exist nevertheless."""

    @abstractmethod
    async def change(self, access: AccessToken, meeting_id: str, marker: UUID, details: MeetingDetails) -> HeldMeeting:
        """Applies `details` and reads the meeting back; the join link normally stays. Raises Gone."""

    @abstractmethod
    async def read(self, access: AccessToken, meeting_id: str, details: MeetingDetails) -> ObservedMeeting:
        """The meeting as it is now, and how it differs from `details`. Changes nothing. Raises Gone."""

    @abstractmethod
    async def remove(self, access: AccessToken, meeting_id: str) -> None:
        """Raises Gone when the provider reports that this host has no such meeting, which may be an error of its
        own."""

    @abstractmethod
    async def find(self, access: AccessToken, marker: UUID, details: MeetingDetails) -> tuple[HeldMeeting, ...]:
        """Every meeting of the host that carries `marker`; normally none or one. Raises TryLater when the provider
        contradicts itself about one of them."""


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """`following` names the next page, None on the last one."""

    meetings: tuple[MarkedMeeting, ...]
    following: str | None


class MarkedMeetings(Protocol):
    """Lists all meetings that this deployment created. Not every provider can."""

    @abstractmethod
    async def marked(self, access: AccessToken, page: str | None) -> MarkedPage:
        """One page of the host's meetings that carry a marker of this deployment, the first page for None. Meetings of
        other deployments with the same account are left out, and so are meetings whose marker was edited, or that are
        older than the distinction of deployments. One request; meetings that are long over may be missing."""


@dataclass(frozen=True, slots=True)
class UrlValidation:
    """URL validation: the provider checks that the webhook address is ours. `answer` is the JSON object to return."""

    answer: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deauthorized:
    """The consultant removed the app at the provider."""

    user_id: str
    account_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingChanged:
    """A meeting was changed or deleted, by its host or by Calendra itself."""

    meeting_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IgnoredEvent:
    """A genuine event that Calendra does not act on."""

    event: str


WebhookEvent = UrlValidation | Deauthorized | MeetingChanged | IgnoredEvent


class WebhookEvents(Protocol):
    @abstractmethod
    def read(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> WebhookEvent:
        """The verified webhook event. Header names in lower case, `body` as received.

        Raises Invalid(field "signature" or "body") when it is not genuine, too old, or unreadable.
        """

    @abstractmethod
    def unverified_removal(self, body: bytes) -> Deauthorized | None:
        """The removal that an unverified webhook event reports, None for any other event. Verify it before acting on
        it."""

    @abstractmethod
    def deduplication_key(self, headers: Mapping[str, str], body: bytes) -> str:
        """The deduplication key: equal for repeated deliveries of the same webhook event."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One permission, and in words for consultants what Calendra uses it for."""

    name: str
    use: str


@dataclass(frozen=True, slots=True)
class Provider:
    """`name` is the stable word in data and addresses, `label` the name for people.

    `removal_address` is the page where people remove the app at the provider, `meetings_address` the page where they
    see and delete their meetings. `daily_calls` is how many creates and changes a host has per UTC day, None without a
    limit. Titles are cut to `longest_title` characters. `orphans` None: there is no orphan sweep at this provider.
    `rate_limits` maps an operation (`domain.meeting.steps.operation_of`) to its cost; an operation that is missing has
    no rate limit.
    """

    name: str
    label: str
    scopes: tuple[Scope, ...]
    removal_address: str
    meetings_address: str
    oauth: OAuthClient
    meetings: Meetings
    webhook_events: WebhookEvents
    longest_title: int
    daily_calls: int | None = None
    orphans: MarkedMeetings | None = None
    rate_limits: Mapping[str, Cost] = field(default_factory=dict)

    def shortens(self, title: str) -> bool:
        return len(title) > self.longest_title

    def missing_scopes(self, granted: frozenset[str]) -> tuple[str, ...]:
        return tuple(scope.name for scope in self.scopes if scope.name not in granted)
