"""What people are told about a booking's meeting: the truth, in five words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.meeting import Wish
from domain.settlement import Settlement
from domain.trouble import Trouble, TroubleKind


class MeetingStanding(StrEnum):
    NONE = "none"  # nothing is wanted
    WANTED = "wanted"  # being made or changed right now
    READY = "ready"  # the provider holds it as the booking wants it
    WAITING = "waiting"  # for time, or for the consultant
    FAILED = "failed"  # nobody repeats it


@dataclass(frozen=True, slots=True)
class MeetingState:
    """`until` is the next try; `waits_for` the consultant who has to connect; `removing` counts meetings on
    their way out, `stuck` those of them that cannot be removed without somebody's help."""

    standing: MeetingStanding
    reason: str = ""
    detail: str = ""
    until: datetime | None = None
    waits_for: UUID | None = None
    join_link: str | None = None
    removing: int = 0
    stuck: int = 0


def meeting_state(settlement: Settlement, wish: Wish | None) -> MeetingState:
    removing = len(settlement.leftovers)
    stuck = sum(left.stuck for left in settlement.leftovers)
    if wish is None:
        return MeetingState(MeetingStanding.NONE, removing=removing, stuck=stuck)
    meeting = settlement.meeting
    link = meeting.join_link if meeting else None
    if settlement.trouble:
        return _troubled(settlement.trouble, wish, link, removing, stuck)
    agreed = meeting is not None and meeting.agrees_with(wish)
    if agreed and link is None:
        return MeetingState(MeetingStanding.NONE, "link_erased", removing=removing, stuck=stuck)
    standing = MeetingStanding.READY if agreed else MeetingStanding.WANTED
    reason = "" if agreed else ("changing" if link else "making")
    return MeetingState(standing, reason, join_link=link, removing=removing, stuck=stuck)


def _troubled(trouble: Trouble, wish: Wish, link: str | None, removing: int, stuck: int) -> MeetingState:
    standing = MeetingStanding.FAILED if trouble.kind is TroubleKind.FAILED else MeetingStanding.WAITING
    who = wish.host_id if trouble.kind is TroubleKind.CONSULTANT else None
    return MeetingState(standing, trouble.reason, trouble.detail, trouble.until, who, link, removing, stuck)
