"""How a host's account answers calls, as the audit log tells it."""

from dataclasses import dataclass
from datetime import datetime

from domain.audit.entry import Failure
from domain.meeting.host import Host


@dataclass(frozen=True, slots=True)
class HostCalls:
    """How a host's account answers calls. `counted`: calls of the requested kinds since the requested time, for the
    daily limit. `last_failure` is None when a later call succeeded."""

    host: Host
    counted: int
    last_success_at: datetime | None
    last_failure: Failure | None
