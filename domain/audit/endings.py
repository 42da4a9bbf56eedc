"""How the authorizations of a consultant ended, from their history."""

from collections.abc import Iterable

from domain.audit.action import Action
from domain.audit.entry import AuditEntry
from domain.connection.revocation import Ending, Revocation


def recorded_endings(history: Iterable[AuditEntry]) -> dict[str, Ending]:
    """The last ending at each provider. A verified webhook event of a removal counts as the provider's
    confirmation."""
    endings: dict[str, Ending] = {}
    for entry in history:
        if entry.provider and entry.action is Action.DISCONNECTED:
            endings[entry.provider] = entry.facts.ending or Ending(Revocation.UNANSWERED)
        elif entry.provider and entry.action is Action.REMOVED_AT_PROVIDER:
            endings[entry.provider] = Ending(Revocation.CONFIRMED)
    return endings
