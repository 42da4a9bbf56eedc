"""A meeting provider as a value. No other part of the program knows which providers exist."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.ports.meeting_provider import MarkedMeetings, Meetings, OAuthClient, WebhookEvents
from domain.rate_limit import Cost


class ScopeUse(StrEnum):
    """What Calendra uses a permission for."""

    SHOW_ACCOUNT = "show_account"  # and keep two people from sharing one
    CREATE = "create"
    READ = "read"
    CHANGE = "change"
    REMOVE = "remove"
    FIND = "find"  # meetings that Calendra created and lost track of


@dataclass(frozen=True, slots=True)
class Scope:
    """One permission, as the provider names it, and what Calendra uses it for."""

    name: str
    uses: tuple[ScopeUse, ...]


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
