"""Where a person is really needed, and for what: nothing else may end there."""

from tests.chaos.faults.cell import Cell
from tests.chaos.faults.faults import FIELDS

_LOST = ("slow body", "broken body", "reset after", "time-out after", "502 after", "HTML with 200", "empty body")
_REFUSED = ("400", "409")

# A code or a token was used up, and what Zoom gave for it never arrived here.
LOST_TOKEN_SET = {*_LOST, "truncated JSON", *(f"wrong type of {name}" for name in FIELDS["refresh"])}

# (call, fault) pairs for each thing that people may be told to do.
RECONNECT = {
    ("refresh", "400"),  # Zoom's final word
    *(("refresh", fault) for fault in LOST_TOKEN_SET - {"slow body"}),  # that one is waited for
    *(
        (call, "401") for call in ("current_user", "create", "change", "read", "remove", "find")
    ),  # after a refresh as well
    *((call, "404") for call in ("current_user", "create", "find")),  # Zoom does not know the host any more
    *(("remove", fault) for fault in _REFUSED),  # of somebody who leaves: without the authorization nobody can
}
SAVE_AGAIN = {(call, fault) for call in ("create", "change", "read", "find") for fault in _REFUSED}


def allowed(cell: Cell, needed: str) -> bool:
    pair = (cell.call.kind, cell.fault.name)
    if needed == "try again":  # they stand there and are told at once
        return cell.use_case.attempt and cell.call.kind in ("exchange", "current_user")
    return pair in {"reconnect": RECONNECT, "save again": SAVE_AGAIN}[needed]
