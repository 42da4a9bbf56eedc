"""What people requested, recorded beside the program to compare with what it stores and shows."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from domain.accounts.account import Account
from domain.booking.booking import BookingDetails
from domain.meeting.host import Host

MOST_MARKERS = 80


@dataclass(frozen=True)
class Agreed:
    """A session. `status`: planned, cancelled, deleted."""

    organization_id: UUID
    id: UUID
    details: BookingDetails
    status: str = "planned"

    @property
    def planned(self) -> bool:
        return self.status == "planned"

    @property
    def host(self) -> Host | None:
        """In whose account, and where, a meeting is wanted."""
        wanted = self.planned and self.details.provider
        return Host(self.organization_id, self.details.consultant_id, wanted) if wanted else None

    def wants(self, now: datetime) -> bool:
        """A meeting of a future session."""
        return self.host is not None and self.details.slot.starts_at > now

    def collides(self, other: "Agreed") -> bool:
        mine, theirs = self.details, other.details
        return (
            self.id != other.id
            and self.planned
            and other.planned
            and mine.consultant_id == theirs.consultant_id
            and mine.slot.starts_at < theirs.slot.ends_at
            and theirs.slot.starts_at < mine.slot.ends_at
        )


class Request(NamedTuple):
    """As it booked a session."""

    actor: Account
    key: UUID
    details: BookingDetails


@dataclass
class Memory:
    """`creates` is how many meetings a session may have needed so far. `refused` and `asked`: when a provider last
    refused something for it, or asked for its consultant. `connected`: who has connected as whom."""

    agreed: dict[UUID, Agreed] = field(default_factory=dict)
    requests: dict[UUID, Request] = field(default_factory=dict)
    creates: dict[UUID, int] = field(default_factory=dict)
    refused: set[UUID] = field(default_factory=set)
    asked: dict[UUID, datetime] = field(default_factory=dict)
    refused_removals: set[UUID] = field(default_factory=set)  # markers
    of_marker: dict[UUID, UUID] = field(default_factory=dict)
    connected: dict[Host, str] = field(default_factory=dict)
    bound: dict[Host, str] = field(default_factory=dict)
    consented: set[tuple[Host, str]] = field(default_factory=set)
    deleted: Counter[UUID] = field(default_factory=Counter)  # how often a host deleted the meeting of a session
    by_hand: set[str] = field(default_factory=set)  # links of meetings that a host changed or deleted
    abandoned: set[str] = field(default_factory=set)  # links of meetings in an account that was left for another

    def add(self, one: Agreed, request: Request) -> None:
        self.agreed[one.id] = one
        self.requests[one.id] = request
        self.creates[one.id] = 1
        self.of_marker.update({uuid5(one.id, str(number)): one.id for number in range(MOST_MARKERS)})

    def change(self, after: Agreed) -> None:
        before = self.agreed[after.id]
        if after.host and after.host != before.host:
            self.creates[after.id] += 1
        self.agreed[after.id] = after

    def needs_another(self, host: Host) -> None:
        """The previous meetings are given up, or out of reach."""
        for one in self.agreed.values():
            if one.host == host:
                self.creates[one.id] += 1

    def bind(self, host: Host, user_id: str) -> None:
        if self.bound.get(host, user_id) != user_id:
            self.needs_another(host)
        self.connected[host] = self.bound[host] = user_id
