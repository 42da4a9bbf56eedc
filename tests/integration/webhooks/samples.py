"""Zoom's webhook events as it describes and sends them: the exact shapes, with values of our own.

`source` names where a shape comes from: official (Zoom's event specification), documented (its older pages), or real
(deliveries that were captured). `effect` is what has to follow here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parent / "samples"

Effect = Literal["none", "looked at", "removed", "answered"]
Form = Literal["as sent", "number", "string"]
FORMS: tuple[Form, ...] = ("as sent", "number", "string")

MEETING, USER, ACCOUNT = "81236549870", "user-Vidra-2Qm9", "acc-Kolibri-7Lm0"
CLIENT = "client-of-the-practice"
EVENT_TS, REMOVED_AT = 1795343405123, "2026-11-22T10:29:59.120Z"


@dataclass(frozen=True)
class Sample:
    name: str
    source: str
    effect: Effect
    body: dict[str, Any]

    @property
    def event(self) -> str:
        return str(self.body["event"])

    def filled(self, values: Mapping[str, object], form: Form = "as sent") -> bytes:
        """The body with other values in place of the sample's own; ids in their own form, or in another one."""
        return json.dumps(_filled(self.body, values, form), ensure_ascii=False).encode()


def _filled(part: Any, values: Mapping[str, object], form: Form) -> Any:
    if isinstance(part, dict):
        return {name: _filled(value, values, form) for name, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, values, form) for value in part]
    if str(part) not in values:
        return part
    value = values[str(part)]
    if str(part) not in (MEETING, USER, ACCOUNT):
        return value
    as_number = isinstance(part, int) if form == "as sent" else form == "number"
    return int(str(value)) if as_number and str(value).isdecimal() else str(value)


@cache
def samples() -> tuple[Sample, ...]:
    read = ((file.stem, json.loads(file.read_text())) for file in sorted(FOLDER.glob("*.json")))
    return tuple(Sample(name, one["source"], one["effect"], one["body"]) for name, one in read)
