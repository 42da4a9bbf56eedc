"""Faults on demand: which call fails, how, and how often."""

from collections.abc import Callable
from typing import Any, Literal

import msgspec

OPERATIONS = (
    "exchange", "refresh", "revoke", "current_user", "create", "change", "read", "remove", "find", "status", "*",
)  # fmt: skip
Operation = Literal[
    "exchange", "refresh", "revoke", "current_user", "create", "change", "read", "remove", "find", "status", "*"
]
Kind = Literal[
    "reset",
    "drop",
    "hang",
    "slow",
    "late",
    "drip",
    "status",
    "daily_limit",
    "missing_scope",
    "missing_meeting",
    "html",
    "empty",
    "truncated",
    "cut_off",
    "missing_join_url",
    "wrong_types",
]
Form = Literal["granular", "classic", "older", "bare", "spaced", "unnamed"]
ON_THE_WIRE = ("reset", "drop", "hang", "cut_off")
_BEFORE = ("reset", "drop", "hang", "status", "daily_limit", "missing_scope", "missing_meeting")


class Fault(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`after`: the call takes effect before the fault. `times` None: until cleared. `skip`: the number of calls that
    pass before the first fault. `field` names the field that gets a wrong type, otherwise all do; a dot leads into an
    object or into each item of a list. `form` is the format in which a missing scope is named."""

    operation: Operation
    kind: Kind
    account: str = ""
    times: int | None = 1
    skip: int = 0
    after: bool | None = None
    delay_ms: float = 0
    status: int = 500
    body: Any = msgspec.UNSET
    headers: dict[str, str] = {}
    field: str = ""
    form: Form = "granular"
    id: int = 0
    hits: int = 0

    @property
    def takes_effect(self) -> bool:
        return self.kind not in _BEFORE if self.after is None else self.after


class Faults:
    def __init__(self) -> None:
        self.armed: list[Fault] = []
        self._last = 0

    def add(self, fault: Fault) -> Fault:
        self._last += 1
        fault.id = self._last
        self.armed.append(fault)
        return fault

    def clear(self, fault_id: int | None = None) -> None:
        self.armed = [fault for fault in self.armed if fault_id is not None and fault.id != fault_id]

    def take(self, operation: str, caller: Callable[[], tuple[str, str]]) -> Fault | None:
        """The first fault that matches this call; counts the hit. `caller` gives the account's e-mail address and id,
        on demand."""
        for fault in self.armed:
            if fault.operation not in (operation, "*") or (fault.account and fault.account not in caller()):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.hits += 1
            if fault.times is not None and fault.hits >= fault.times:
                self.armed.remove(fault)
            return fault
        return None
