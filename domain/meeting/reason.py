"""Why reconciliation calls a provider, and why a meeting is created anew or removed."""

from enum import StrEnum


class Reason(StrEnum):
    NEW = "new"  # the booking has no meeting yet
    EDITED = "edited"
    MOVED_HOST = "moved_host"  # the booking went to another consultant
    SWITCHED_ONLINE = "switched_online"
    SWITCHED_OFFLINE = "switched_offline"
    SWITCHED_PROVIDER = "switched_provider"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    DELETED = "deleted"
    DISCONNECTED = "disconnected"  # the host ended the connection and removed its meetings
    OTHER_ACCOUNT = "other_account"  # the host is connected as another user of the provider
    UNHEARD = "unheard"  # the answer to an earlier call was lost
    MISSING = "missing"  # the provider reported that it holds no such meeting
    VANISHED = "vanished"  # the meeting was removed at the provider
    REMOVED = "removed"  # by Calendra
    DOUBLED = "doubled"  # a second meeting with the same marker
    UNWANTED = "unwanted"  # the booking gave the meeting up during the create
    ORPHANED = "orphaned"  # no booking knows the meeting
    WEBHOOK_EVENT = "webhook_event"  # the provider reported a change of the meeting
    DAY_BEFORE = "day_before"  # verification the day before the booking
    SHORTLY_BEFORE = "shortly_before"  # verification shortly before the booking
