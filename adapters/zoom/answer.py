"""One call to Zoom and its answer, with the parts of a failure that may be shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import msgspec

from adapters.zoom.redaction import redacted, tracking_id
from adapters.zoom.wire import FieldProblem, Problem
from domain.failure_reason import FailureReason
from domain.provider_errors import TryLater

Body = TypeVar("Body")

_FIELD = re.compile(r"[\w.\[\]-]{1,60}\Z")
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Call:
    """`effect`: the call may change something at Zoom, even if its answer is lost. `of_meeting`: the call names a
    meeting. `answer_within`: the least read timeout, in seconds, for calls whose answer may take longer than usual."""

    operation: str
    method: str
    address: str
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(default=b"", repr=False)
    effect: bool = False
    of_meeting: bool = False
    answer_within: float = 0


@dataclass(frozen=True)
class Answer:
    """Bodies contain passcodes and tokens, so a body never appears in a repr, a log or an error."""

    call: Call
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    @cached_property
    def problem(self) -> Problem | None:
        """None when the body is not an error of Zoom: HTML, an empty body, another JSON document."""
        if self.good:
            return None
        try:
            problem = msgspec.json.decode(self.body, type=Problem)
        except _UNREADABLE:
            return None
        spoke = problem.code is not None or problem.errorCode is not None or problem.error
        return problem if spoke else None

    @property
    def code(self) -> int | None:
        problem = self.problem or Problem()
        text = str(problem.errorCode if problem.code is None else problem.code)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None

    @property
    def says(self) -> str:
        """Zoom's own sentence, unchanged. For interpretation only; it must not be shown."""
        problem = self.problem or Problem()
        return problem.message or problem.reason or problem.errorMessage or problem.error or ""

    @property
    def sentences(self) -> str:
        """All sentences in Zoom's error, from every field. For interpretation only; they must not be shown."""
        problem = self.problem or Problem()
        return " ".join(filter(None, (problem.message, problem.reason, problem.errorMessage, problem.error)))

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that Zoom rejected."""
        try:
            wrong = msgspec.json.decode((self.problem or Problem()).errors, type=list[FieldProblem])
        except _UNREADABLE:
            return ()
        return tuple(one.field for one in wrong[:10] if _FIELD.match(one.field))

    @property
    def tracking(self) -> str:
        return tracking_id(self.headers.get("x-zm-trackingid", ""))

    @property
    def reason(self) -> str:
        """For people: Zoom's sentence without ids, links and secrets, and the fields it concerns."""
        sentence = redacted(self.says) or f"answer {self.status}"
        return f"{sentence} ({', '.join(self.fields)})" if self.fields else sentence

    @property
    def told(self) -> str:
        """For the audit log: status, code, sentence, and the tracking id that Zoom's support asks for."""
        parts = (str(self.status), "" if self.code is None else str(self.code), redacted(self.says))
        tracking = f"(x-zm-trackingid {self.tracking})" if self.tracking else ""
        return " ".join(part for part in (*parts, ", ".join(self.fields), tracking) if part)

    def read(self, body: type[Body]) -> Body:
        """Decodes the expected body. Treats any other body as a lost answer."""
        try:
            return msgspec.json.decode(self.body, type=body)
        except _UNREADABLE as error:
            raise self.unheard() from error

    def unheard(self) -> TryLater:
        return TryLater(
            reason=FailureReason.PROVIDER_DOWN, unheard=self.call.effect, answered=f"{self.told} (unusable answer)"
        )
