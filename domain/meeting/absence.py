"""A provider's word that it holds no such meeting. One such word replaces no link and ends no removal."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.meeting.sync_failure import pause


class AbsenceStage(StrEnum):
    REPORTED = "reported"  # said once: the provider is asked again
    REPEATED = "repeated"  # said twice, with a pause between: the host's account is searched for our marker
    REFUTED = "refuted"  # the meeting is there all the same: the call that was answered so may be repeated


@dataclass(frozen=True, slots=True)
class Absence:
    """`reports` counts how often the provider said so since it last carried out a call about the meeting; the pauses
    grow with it. The next call about the meeting waits for `ask_at`."""

    stage: AbsenceStage
    ask_at: datetime
    reports: int = 1

    @property
    def to_be_searched(self) -> bool:
        return self.stage is AbsenceStage.REPEATED

    def reported_again(self, now: datetime) -> "Absence":
        """What is said before the pause is over comes from the same moment and counts for nothing."""
        if self.to_be_searched or now < self.ask_at:
            return self
        if self.stage is AbsenceStage.REPORTED:
            return replace(self, stage=AbsenceStage.REPEATED, ask_at=now)
        reports = self.reports + 1
        return Absence(AbsenceStage.REPORTED, now + pause(reports), reports)

    def refuted(self, now: datetime) -> "Absence":
        return replace(self, stage=AbsenceStage.REFUTED, ask_at=now + pause(self.reports))


def reported(earlier: Absence | None, now: datetime) -> Absence:
    """After the provider answered that it holds no such meeting."""
    return earlier.reported_again(now) if earlier else Absence(AbsenceStage.REPORTED, now + pause(1))
