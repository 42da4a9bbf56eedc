"""One consultant's authorization at one provider."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.connection.errors import OtherProviderAccount
from domain.connection.token_set import AccessToken, TokenSet
from domain.connection.unverified_removal import UnverifiedRemoval
from domain.failure_reason import FailureReason
from domain.lease import Lease
from domain.meeting.host import Host
from domain.meeting.meeting_account import account_key
from domain.meeting.orphans import OrphanSweep
from domain.provider_errors import NeedsConsultant

IDLE_AFTER = timedelta(days=30)
MOST_DISCONNECT_ATTEMPTS = 20


class ConnectionStatus(StrEnum):
    CONNECTED = "connected"
    NEEDS_RECONNECTING = "needs_reconnecting"  # the provider finally refused the token set
    DISCONNECTING = "disconnecting"  # the consultant asked for it; the provider has not confirmed yet


@dataclass(frozen=True, slots=True)
class ProviderAccount:
    """The consultant's user at the provider. `longest_meeting` is the limit of their plan, None without a limit."""

    user_id: str
    account_id: str
    email: str
    name: str
    plan: str
    longest_meeting: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    organization_id: UUID
    id: UUID
    consultant_id: UUID
    provider: str
    account: ProviderAccount
    token_set: TokenSet | None
    status: ConnectionStatus
    connected_at: datetime
    refreshed_at: datetime
    refresh_failure: FailureReason | None = None
    lease: Lease | None = None  # of the process that refreshes the token set
    disconnect_attempts: int = 0
    retry_at: datetime | None = None  # the next attempt to end the authorization at the provider
    sweep: OrphanSweep = field(default_factory=OrphanSweep)
    unverified_removal: UnverifiedRemoval = field(default_factory=UnverifiedRemoval)

    @classmethod
    def agree(
        cls, host: Host, connection_id: UUID, account: ProviderAccount, token_set: TokenSet, *, now: datetime
    ) -> "Connection":
        return cls(
            host.organization_id, connection_id, host.consultant_id, host.provider, account, token_set,
            ConnectionStatus.CONNECTED, connected_at=now, refreshed_at=now,
        )  # fmt: skip

    @property
    def host(self) -> Host:
        return Host(self.organization_id, self.consultant_id, self.provider)

    @property
    def account_key(self) -> str:
        return account_key(self.provider, self.account.user_id)

    @property
    def usable(self) -> bool:
        return self.status is ConnectionStatus.CONNECTED and self.token_set is not None

    @property
    def leaving(self) -> bool:
        return self.status is ConnectionStatus.DISCONNECTING

    @property
    def usable_for_removal(self) -> bool:
        return self.token_set is not None and self.status is not ConnectionStatus.NEEDS_RECONNECTING

    @property
    def why_unusable(self) -> FailureReason:
        """A reason of NeedsConsultant."""
        over = self.token_set is None or self.status is ConnectionStatus.NEEDS_RECONNECTING
        return (self.refresh_failure or FailureReason.CONSENT_GONE) if over else FailureReason.NOT_CONNECTED

    @property
    def access(self) -> AccessToken:
        """Raises NeedsConsultant when the tokens were destroyed."""
        return AccessToken(self._tokens.access_token, self.account_key)

    def tokens_for_call(self, *, removing: bool) -> TokenSet:
        """`removing`: the call removes a meeting or ends the authorization, which a connection that is being
        disconnected still allows. Raises NeedsConsultant."""
        if not (self.usable or (removing and self.usable_for_removal)):
            raise NeedsConsultant(reason=self.why_unusable)
        return self._tokens

    @property
    def _tokens(self) -> TokenSet:
        if self.token_set is None:
            raise NeedsConsultant(reason=self.why_unusable)
        return self.token_set

    def refreshing(self, now: datetime) -> bool:
        """Whether a process refreshes the token set now."""
        return self.lease is not None and self.lease.holds(now)

    def mends(self, need: NeedsConsultant, *, since: datetime) -> bool:
        """Whether this authorization fulfils `need`. A missing permission needs one newer than the failed call at
        `since`."""
        absent = need.reason in (FailureReason.NOT_CONNECTED, FailureReason.TOKENS_UNREADABLE)
        return self.usable and (need.ended or absent or self.connected_at > since)

    def must_be_same_account(self, account: ProviderAccount, label: str) -> None:
        """A meeting stays in the account that created it, so a consultant can only reconnect the same user."""
        if account.user_id != self.account.user_id:
            raise OtherProviderAccount(label=label, email=account.email, expected=self.account.email)

    def reconnected(self, account: ProviderAccount, token_set: TokenSet, *, now: datetime) -> "Connection":
        return replace(
            self, account=account, token_set=token_set, status=ConnectionStatus.CONNECTED,
            connected_at=now, refreshed_at=now, refresh_failure=None, lease=None, disconnect_attempts=0, retry_at=None,
            unverified_removal=replace(self.unverified_removal, since=None),
        )  # fmt: skip

    def asked_for(self, at: datetime) -> "Connection":
        """Records when the present tokens were requested. Tokens requested later are newer, whatever the order of the
        responses."""
        return replace(self, refreshed_at=at)

    def refreshed(self, token_set: TokenSet, *, now: datetime) -> "Connection":
        return replace(self, token_set=token_set, refreshed_at=now, refresh_failure=None, lease=None)

    def died(self, refresh_failure: FailureReason) -> "Connection":
        """The provider finally refused the token set. It is useless and is destroyed."""
        if self.leaving:
            return replace(self, token_set=None, lease=None, refresh_failure=refresh_failure)
        return replace(
            self,
            token_set=None,
            status=ConnectionStatus.NEEDS_RECONNECTING,
            refresh_failure=refresh_failure,
            lease=None,
        )

    def with_unreadable_tokens(self) -> "Connection":
        """No key decrypts the stored tokens: a key was lost, or the row was damaged. The consultant has to connect
        again, unless the operator restores the key."""
        return self.died(FailureReason.TOKENS_UNREADABLE)

    def with_readable_tokens(self, token_set: TokenSet) -> "Connection":
        """The stored tokens as they were read. If they were unreadable before, the key has been restored."""
        if self.refresh_failure is not FailureReason.TOKENS_UNREADABLE:
            return replace(self, token_set=token_set)
        status = self.status if self.leaving else ConnectionStatus.CONNECTED
        return replace(self, token_set=token_set, status=status, refresh_failure=None)

    def lacking(self, refresh_failure: FailureReason, token_set: TokenSet | None = None) -> "Connection":
        """The provider issues no new tokens until the consultant grants more permissions. The present tokens, or
        `token_set`, are kept: only they can end the authorization there."""
        status = self.status if self.leaving else ConnectionStatus.NEEDS_RECONNECTING
        return replace(
            self, token_set=token_set or self.token_set, status=status, refresh_failure=refresh_failure, lease=None
        )

    def newer_than(self, seen: "Connection | None") -> bool:
        """Whether the consultant has authorized it since `seen` was read."""
        return seen is None or (self.id, self.connected_at) != (seen.id, seen.connected_at)

    def refresh_failed(self, refresh_failure: FailureReason, *, unheard: bool = False) -> "Connection":
        """A refresh failed and may be retried. `unheard`: the provider may have issued new tokens in a response that
        was lost, which is recorded until a refresh succeeds."""
        lost = unheard or self.refresh_failure is FailureReason.ANSWER_LOST
        return replace(self, refresh_failure=FailureReason.ANSWER_LOST if lost else refresh_failure, lease=None)

    def refused(self, *, lost: bool) -> "Connection":
        """The provider finally refused the tokens. `lost`: the response to the last refresh was lost."""
        return self.died(
            FailureReason.TOKENS_LOST
            if lost or self.refresh_failure is FailureReason.ANSWER_LOST
            else FailureReason.CONSENT_GONE
        )

    def asked_to_end(self, *, retry_at: datetime) -> "Connection":
        """A person asks to disconnect. The first request is the first attempt. A repeated one counts for nothing: the
        tokens are destroyed after a time without an answer, not after a number of requests."""
        return self if self.leaving else self.disconnecting(retry_at=retry_at)

    def disconnecting(self, *, retry_at: datetime) -> "Connection":
        """Counts an attempt to end the authorization at the provider; the next one is not made before `retry_at`."""
        return replace(
            self,
            status=ConnectionStatus.DISCONNECTING,
            disconnect_attempts=self.disconnect_attempts + 1,
            retry_at=retry_at,
        )

    @property
    def retries_exhausted(self) -> bool:
        """The provider has not confirmed after all attempts; the tokens are destroyed without its confirmation."""
        return self.disconnect_attempts >= MOST_DISCONNECT_ATTEMPTS

    def leased(self, lease: Lease) -> "Connection":
        """A lease that is still set belongs to a process that died during a refresh: its response counts as lost."""
        return replace(
            self, lease=lease, refresh_failure=FailureReason.ANSWER_LOST if self.lease else self.refresh_failure
        )

    def predates(self, moment: datetime) -> bool:
        """Whether a removal at `moment` concerns this authorization, not an earlier one."""
        return self.connected_at <= moment

    def with_reported_removal(self, account_id: str, at: datetime, *, now: datetime) -> "Connection":
        """Records an unverified removal at `at`, if it concerns this authorization. A time in the future is replaced by
        `now`."""
        if account_id != self.account.account_id or not self.predates(at):
            return self
        return replace(self, unverified_removal=self.unverified_removal.raised(min(at, now), now))

    def with_unverified_removal(self, unverified_removal: UnverifiedRemoval) -> "Connection":
        return replace(self, unverified_removal=unverified_removal)

    def idle(self, now: datetime) -> bool:
        return self.usable and self.refreshed_at + IDLE_AFTER <= now

    def to_be_swept(self, now: datetime) -> bool:
        return self.usable and self.sweep.due(self.connected_at, now)

    def with_sweep(self, sweep: OrphanSweep) -> "Connection":
        return replace(self, sweep=sweep)
