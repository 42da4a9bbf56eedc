"""What a meeting provider can be asked for: consent, meetings, webhook events.

Every remote method raises the kinds of `domain.provider_errors` and nothing else, and ends within the adapter's
time limits. A provider is one `Provider` value; nothing else in the program knows which providers exist.
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
        """Where the consultant is sent. Carries `state` and the S256 challenge of `verifier`."""

    @abstractmethod
    async def exchange(self, code: str, verifier: str) -> TokenSet:
        """The token set for a code. Raises AuthorizationRevoked when the code is not (or no longer) valid."""

    @abstractmethod
    async def refresh(self, token_set: TokenSet, *, within: timedelta | None = None) -> TokenSet:
        """A new token set; both tokens may be new, the old ones are worthless. Raises AuthorizationRevoked only when final.

        The answer is waited for `within`, where that is longer than other calls take: it may be the only copy.
        TryLater(unheard=True) when the answer was lost: the same call may be repeated once at once.
        """

    @abstractmethod
    async def revoke(self, access: AccessToken) -> None:
        """Ends the authorization. AccessRejected when the token is not taken any more: then the authorization is gone,
        or it lives on under a token that only a refresh gives. NeedsConsultant when a permission is missing for it:
        then it lives on."""

    @abstractmethod
    async def current_user(self, access: AccessToken) -> ProviderAccount: ...


class Meetings(Protocol):
    @abstractmethod
    async def create(self, access: AccessToken, marker: UUID, details: MeetingDetails) -> HeldMeeting:
        """Makes a meeting that carries `marker`. TryLater(unheard=True) when it may exist all the same."""

    @abstractmethod
    async def change(self, access: AccessToken, meeting_id: str, marker: UUID, details: MeetingDetails) -> HeldMeeting:
        """Makes it agree with `details` and reads it back; the join link normally stays. Raises Gone."""

    @abstractmethod
    async def read(self, access: AccessToken, meeting_id: str, details: MeetingDetails) -> ObservedMeeting:
        """The meeting as it is now, and in what it differs from `details`. Changes nothing. Raises Gone."""

    @abstractmethod
    async def remove(self, access: AccessToken, meeting_id: str) -> None:
        """Raises Gone when the provider says that this host has no such meeting, which may be true or a slip."""

    @abstractmethod
    async def find(self, access: AccessToken, marker: UUID, details: MeetingDetails) -> tuple[HeldMeeting, ...]:
        """Every meeting of the host that carries `marker`; normally none or one. TryLater when the provider contradicts
        itself about one of them."""


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """`following` names the next page; None on the last one."""

    meetings: tuple[MarkedMeeting, ...]
    following: str | None


class MarkedMeetings(Protocol):
    """An ability that not every provider has: telling all meetings that came from this deployment."""

    @abstractmethod
    async def marked(self, access: AccessToken, page: str | None) -> MarkedPage:
        """One page of the host's meetings, the first one for None: those that carry a marker of this deployment, and
        of no other one with the same account. One whose mark somebody touched, or that was made before deployments
        were told apart, is not told. One request; what has long been over may be missing."""


@dataclass(frozen=True, slots=True)
class UrlValidation:
    """The provider asks whether the webhook address is ours; `answer` is the JSON object it wants back."""

    answer: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deauthorized:
    """The consultant removed the app at the provider."""

    user_id: str
    account_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingChanged:
    """Somebody, maybe we, changed or deleted a meeting."""

    meeting_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IgnoredEvent:
    """Genuine, and nothing that we act on."""

    event: str


WebhookEvent = UrlValidation | Deauthorized | MeetingChanged | IgnoredEvent


class WebhookEvents(Protocol):
    @abstractmethod
    def read(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> WebhookEvent:
        """The verified webhook event. Header names in lower case, `body` as received.

        Raises Invalid(field "signature" or "body") when it is not genuine, too old, or not understandable.
        """

    @abstractmethod
    def unverified_removal(self, body: bytes) -> Deauthorized | None:
        """The removal that an unverified webhook event leases; None for anything else. Never to be believed as it stands."""

    @abstractmethod
    def deduplication_key(self, headers: Mapping[str, str], body: bytes) -> str:
        """Equal for repeated deliveries of the same webhook event."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One permission, and in words for consultants what Calendra uses it for."""

    name: str
    use: str


@dataclass(frozen=True, slots=True)
class Provider:
    """`name` is the stable word in data and addresses, `label` what people read.

    `removal_address` is where people remove the app at the provider themselves, `meetings_address` where they see and
    delete their meetings there. `daily_calls` is how many
    creates and changes a host has per UTC day, None where that is not limited. Titles are cut there to
    `longest_title` characters. `orphans` None: accounts there are not looked through for orphaned meetings. `rate_limits`: what
    an operation (`domain.meeting.steps.operation_of`) takes of which limit; one that is not named is not paced.
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
