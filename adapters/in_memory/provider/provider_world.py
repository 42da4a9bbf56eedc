"""The state of a meeting provider in memory: its users, their authorizations and their meetings."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from adapters.in_memory.provider.fault import Fault
from adapters.in_memory.provider.provider_faults import ProviderFaults
from domain.connection.connection import ProviderAccount
from domain.connection.token_set import AccessToken, TokenSet
from domain.failure_reason import FailureReason
from domain.meeting.meeting import MeetingDetails
from domain.ports.clock import Clock
from domain.provider import Scope, ScopeUse
from domain.provider_errors import AccessRejected, NeedsConsultant

ACCESS_LASTS = timedelta(hours=1)

PROFILE, READ, WRITE = "profile.read", "meetings.read", "meetings.write"
SCOPES = (
    Scope(PROFILE, (ScopeUse.SHOW_ACCOUNT,)),
    Scope(READ, (ScopeUse.READ, ScopeUse.FIND)),
    Scope(WRITE, (ScopeUse.CREATE, ScopeUse.CHANGE, ScopeUse.REMOVE)),
)


@dataclass(slots=True)
class KeptMeeting:
    """A meeting as the provider stores it."""

    id: str
    host_id: str
    marker: UUID
    details: MeetingDetails
    join_link: str
    deployment: str = ""


@dataclass(frozen=True, slots=True)
class Consented:
    """A user's consent, for the app that knows the verifier of this challenge."""

    user_id: str
    challenge: str
    scopes: frozenset[str]


@dataclass(slots=True)
class ProviderWorld:
    """Tests inspect it, act in it as users of the provider do, and make its calls fail."""

    name: str
    clock: Clock
    people: dict[str, ProviderAccount] = field(default_factory=dict)
    meetings: dict[str, KeptMeeting] = field(default_factory=dict)
    codes: dict[str, Consented] = field(default_factory=dict)
    token_sets: dict[str, TokenSet] = field(default_factory=dict)
    tolerated: dict[str, str] = field(default_factory=dict)  # earlier access tokens that still work -> user id
    calls: list[tuple[str, str]] = field(default_factory=list)
    faults: ProviderFaults = field(default_factory=ProviderFaults)
    _numbers: int = 0

    # --- what users do at the provider -----------------------------------------------------------------------

    def add_person(self, name: str, email: str, *, plan: str = "licensed") -> ProviderAccount:
        number = self.next_number()
        longest = timedelta(minutes=40) if plan == "basic" else None
        person = ProviderAccount(
            f"{self.name}-user-{number}", f"{self.name}-account-{number}", email, name, plan, longest
        )
        self.people[person.user_id] = person
        return person

    def approve(self, address: str, user_id: str, scopes: frozenset[str] | None = None) -> str:
        """The user approves on the page at `address`. Returns the code that the provider sends back."""
        question = parse_qs(urlsplit(address).query)
        granted = frozenset(scope.name for scope in SCOPES) if scopes is None else scopes
        code = f"{self.name}-code-{self.next_number()}"
        self.codes[code] = Consented(user_id, question["code_challenge"][0], granted)
        return code

    def remove_app(self, user_id: str) -> None:
        """The user revokes the authorization."""
        self.token_sets.pop(user_id, None)
        self.codes = {code: said for code, said in self.codes.items() if said.user_id != user_id}

    def meetings_of(self, user_id: str) -> tuple[KeptMeeting, ...]:
        return tuple(meeting for meeting in self.meetings.values() if meeting.host_id == user_id)

    def calls_of(self, user_id: str) -> tuple[str, ...]:
        """The operations that reached the provider, in order, including refused ones."""
        return tuple(operation for operation, whose in self.calls if whose == user_id)

    # --- what goes wrong -------------------------------------------------------------------------------------

    def strike(
        self, operation: str, fault: Fault | BaseException, *, times: int | None = 1, after: bool | None = None
    ) -> None:
        """The next calls fail, `times` None: until the faults are cleared. A fault in the words of a test itself is an
        error, which prevents the effect of the call unless it comes `after` it."""

        def error() -> BaseException:
            return fault.error(self.now()) if isinstance(fault, Fault) else fault

        self.faults.fail(operation, error, after=fault == Fault.LOST_ANSWER if after is None else after, times=times)

    # --- what the provider does -------------------------------------------------------------------------------

    def next_number(self) -> int:
        self._numbers += 1
        return self._numbers

    def issue(self, user_id: str, scopes: frozenset[str]) -> TokenSet:
        """Issues a token set. All token sets issued to this user before stop working."""
        number = self.next_number()
        access, renewal = f"{self.name}-access-{number}", f"{self.name}-renewal-{number}"
        token_set = TokenSet(access, renewal, self.clock.now() + ACCESS_LASTS, scopes)
        self.token_sets[user_id] = token_set
        return token_set

    def owner(self, token: str) -> str | None:
        """The user id behind an access token or a refresh token."""
        owners = (
            who
            for who, token_set in self.token_sets.items()
            if token in (token_set.access_token, token_set.refresh_token)
        )
        return next(owners, None) or self.tolerated.get(token)

    def bearer(self, access: AccessToken) -> str:
        """The user id behind the access token while it is valid."""
        user_id = self.owner(access.token)
        if user_id is None or self.token_sets[user_id].expires_at <= self.now():
            raise AccessRejected(words="The access token is not valid", answered="401")
        return user_id

    def admit(self, access: AccessToken, scope: str) -> str:
        """The user id on whose behalf the call may run."""
        user_id = self.bearer(access)
        if scope not in self.token_sets[user_id].scopes:
            raise NeedsConsultant(reason=FailureReason.SCOPE_MISSING, scopes=(scope,), answered="403")
        return user_id

    def now(self) -> datetime:
        return self.clock.now()
