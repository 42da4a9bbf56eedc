"""A provider's report that it holds no such meeting. A single report neither replaces a link nor ends a removal."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.meeting.sync_failure import pause


class AbsenceStage(StrEnum):
    REPORTED = "reported"  # reported once: the provider is asked again
    REPEATED = "repeated"  # reported twice, with a pause between: find by marker searches the host's account
    REFUTED = "refuted"  # the meeting exists after all: the call that got this report may be repeated


@dataclass(frozen=True, slots=True)
class Absence:
    """`reports` counts the reports since the provider last carried out a call about the meeting; the pauses grow with
    it. The next call about the meeting waits for `ask_at`."""

    stage: AbsenceStage
    ask_at: datetime
    reports: int = 1

    @property
    def to_be_searched(self) -> bool:
        return self.stage is AbsenceStage.REPEATED

    def reported_again(self, now: datetime) -> "Absence":
        """Ignores a report that comes before the pause is over: it is no independent confirmation."""
        if self.to_be_searched or now < self.ask_at:
            return self
        if self.stage is AbsenceStage.REPORTED:
            return replace(self, stage=AbsenceStage.REPEATED, ask_at=now)
        reports = self.reports + 1
        return Absence(AbsenceStage.REPORTED, now + pause(reports), reports)

    def refuted(self, now: datetime) -> "Absence":
        return replace(self, stage=AbsenceStage.REFUTED, ask_at=now + pause(self.reports))


def reported(earlier: Absence | None, now: datetime) -> Absence:
    """The absence after the provider answered that it holds no such meeting."""
    return earlier.reported_again(now) if earlier else Absence(AbsenceStage.REPORTED, now + pause(1))
