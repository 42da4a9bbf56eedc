"""The port of a meeting provider: OAuth, meetings, webhook events.

Every remote method raises the kinds of `domain.provider_errors` and nothing else, and ends within the adapter's time
limits. `domain.provider.Provider` holds the parts of one provider.
"""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from domain.connection.connection import ProviderAccount
from domain.connection.token_set import AccessToken, TokenSet
from domain.meeting.meeting import HeldMeeting, MeetingDetails, ObservedMeeting
from domain.meeting.orphans import MarkedPage
from domain.webhook_event import Deauthorized, WebhookEvent


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


class MarkedMeetings(Protocol):
    """Lists all meetings that this deployment created. Not every provider can."""

    @abstractmethod
    async def marked(self, access: AccessToken, page: str | None) -> MarkedPage:
        """One page of the host's meetings that carry a marker of this deployment, the first page for None. Meetings of
        other deployments with the same account are left out, and so are meetings whose marker was edited, or that are
        older than the distinction of deployments. One request; meetings that are long over may be missing."""


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
