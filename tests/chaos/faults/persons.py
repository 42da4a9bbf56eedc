"""The faults after which a person has to act, and the action. No other fault may need a person."""

from tests.chaos.faults.cell import Cell
from tests.chaos.faults.faults import FIELDS

_CUT = ("slow body", "broken body", "reset after", "time-out after", "dropped after")
_LOST = (*_CUT, "502 after", "HTML with 200", "empty body")
_REFUSED = ("400", "409")

# A code or a token was used, and the tokens that Zoom returned never arrived.
LOST_TOKEN_SET = {*_LOST, "truncated JSON", *(f"wrong type of {name}" for name in FIELDS["refresh"])}

# (call, fault) pairs for each action that the service may ask for.
RECONNECT = {
    ("refresh", "400"),  # Zoom's final refusal
    *(("refresh", fault) for fault in LOST_TOKEN_SET - {"slow body"}),  # the request waits for this one
    *(
        (call, "401") for call in ("current_user", "create", "change", "read", "remove", "find")
    ),  # after a refresh as well
    *((call, "404") for call in ("current_user", "create", "find")),  # the host no longer exists at Zoom
    *(("remove", fault) for fault in _REFUSED),  # of a person who leaves: the removal needs the authorization
}
SAVE_AGAIN = {(call, fault) for call in ("create", "change", "read", "find") for fault in _REFUSED}


def allowed(cell: Cell, needed: str) -> bool:
    pair = (cell.call.kind, cell.fault.name)
    if needed == "try again":  # the person waits, and gets the answer at once
        return cell.use_case.attempt and cell.call.kind in ("exchange", "current_user")
    return pair in {"reconnect": RECONNECT, "save again": SAVE_AGAIN}[needed]
