"""What a change of a booking means for its meeting, in the audit log."""

from enum import StrEnum


class Verdict(StrEnum):
    NONE = "none"  # there was no meeting, and there is none
    MADE = "made"
    KEPT = "kept"
    CHANGED = "changed"
    MOVED = "moved"  # to another host or provider, as a new meeting
    RECREATED = "recreated"  # in another account of the same host
    REMOVED = "removed"
    OUT_OF_REACH = "out_of_reach"  # it stays in an account that is no longer connected
