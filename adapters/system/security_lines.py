"""Writes security events to the log of the process, which is JSON when it is not a terminal."""

import logging
from typing import Any

from domain.security.event import EventOutcome, SecurityEvent

_log = logging.getLogger("calendra.security")


def log_security_event(event: SecurityEvent) -> None:
    """One line with ids and codes. The logger is `calendra.security`, and refusals are warnings."""
    level = logging.INFO if event.outcome is EventOutcome.SUCCEEDED else logging.WARNING
    _log.log(level, "security event", extra=_fields(event))


def _fields(event: SecurityEvent) -> dict[str, Any]:
    fields = {
        "kind": event.kind.value,
        "outcome": event.outcome.value,
        "happened_at": event.at.isoformat(),
        "practice": event.organization_id and str(event.organization_id),
        "actor": event.actor_id and str(event.actor_id),
        "subject": event.subject_id and str(event.subject_id),
        "network": event.network,
        "request_id": event.request_id,
        "roles": [role.value for role in event.facts.roles] or None,
        "provider": event.facts.provider,
        "count": event.facts.count,
        "factor": event.facts.factor,
    }
    return {name: value for name, value in fields.items() if value is not None}
