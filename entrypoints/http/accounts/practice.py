"""The practice: its settings, its audit log, and the steps before its first session."""

from datetime import timedelta

import msgspec
from litestar import get, patch, put
from litestar.params import JSONBody

from application.accounts.change_practice import ChangePractice
from application.accounts.demand_second_factor import DemandSecondFactor
from application.accounts.log_in import Visitor
from application.accounts.show_first_steps import ShowFirstSteps, Step
from domain.accounts.errors import SecondFactorNeeded
from domain.accounts.login_session import IdleMinutes
from domain.accounts.organization import LONGEST_GRACE, PracticeSettings
from domain.errors import Invalid, NotAllowed
from domain.language import Language
from domain.rule import Rule
from entrypoints.http.accounts.me import Practice, practice_of
from entrypoints.http.audit_entries import AuditEntryResponse, lines_of
from entrypoints.http.documented_problems import documented_problems
from entrypoints.http.injected import CONFIRMED, Injected

_GRACE = Invalid("grace_days", Rule.GRACE_OUT_OF_RANGE, most=LONGEST_GRACE.days)
_ZONE = Invalid("zone", Rule.NOT_A_TIME_ZONE, zone="Mars")


class PracticeForm(msgspec.Struct, forbid_unknown_fields=True):
    """Contains only the fields to change."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    zone: str | msgspec.UnsetType = msgspec.UNSET
    language: Language | msgspec.UnsetType = msgspec.UNSET

    def settings(self) -> PracticeSettings:
        return PracticeSettings(
            None if self.name is msgspec.UNSET else self.name,
            None if self.zone is msgspec.UNSET else self.zone,
            None if self.language is msgspec.UNSET else self.language,
        )


class IdleTimeForm(msgspec.Struct, forbid_unknown_fields=True):
    minutes: IdleMinutes


class SecondFactorDemand(msgspec.Struct, forbid_unknown_fields=True):
    """`grace_days`: from when on, in days from now; 0 to 30."""

    required: bool
    grace_days: int = 0


class FirstStepResponse(msgspec.Struct):
    """`done` reflects the stored state. An `optional` step may be skipped."""

    step: Step
    done: bool
    optional: bool


@patch(
    "/api/practice",
    operation_id="changePractice",
    summary="Change the practice's name, zone or language",
    tags=["practice"],
    responses=documented_problems(NotAllowed(), _ZONE, changes=True),
)
async def change_practice_here(
    data: JSONBody[PracticeForm], visitor: Injected[Visitor], change_practice: Injected[ChangePractice]
) -> Practice:
    """People who use the practice's zone get its new zone."""
    return practice_of(await change_practice(visitor.account, data.settings()))


@put(
    "/api/practice/idle-time",
    operation_id="changeIdleTime",
    summary="Change how long logins last without use",
    tags=["practice"],
    opt=CONFIRMED,
    responses=documented_problems(NotAllowed(), changes=True, confirmed=True),
)
async def change_idle_time(
    data: JSONBody[IdleTimeForm], visitor: Injected[Visitor], change_practice: Injected[ChangePractice]
) -> Practice:
    """Holds for the present logins of all people of the practice too, within half a minute."""
    return practice_of(await change_practice(visitor.account, PracticeSettings(idle_minutes=data.minutes)))


@put(
    "/api/practice/second-factor",
    operation_id="demandSecondFactor",
    summary="Make a second factor obligatory, or leave it to each person",
    tags=["practice"],
    opt=CONFIRMED,
    responses=documented_problems(NotAllowed(), SecondFactorNeeded(), _GRACE, changes=True, confirmed=True),
)
async def demand_second_factor_here(
    data: JSONBody[SecondFactorDemand], visitor: Injected[Visitor], demand_second_factor: Injected[DemandSecondFactor]
) -> Practice:
    """The admin needs one first. After the days of grace, a login without one may only set one up."""
    grace = timedelta(days=max(-1, min(data.grace_days, 1000))) if data.required else None
    return practice_of(await demand_second_factor(visitor, grace))


@get(
    "/api/practice/history",
    operation_id="getPracticeHistory",
    summary="Show the audit log of the practice and its people",
    tags=["practice"],
    responses=documented_problems(NotAllowed()),
)
async def practice_history(
    visitor: Injected[Visitor], change_practice: Injected[ChangePractice]
) -> list[AuditEntryResponse]:
    return lines_of(await change_practice.history(visitor.account))


@get(
    "/api/practice/first-steps",
    operation_id="getFirstSteps",
    summary="Show the steps before the first session with a link",
    tags=["practice"],
    responses=documented_problems(NotAllowed()),
)
async def first_steps(
    visitor: Injected[Visitor], show_first_steps: Injected[ShowFirstSteps]
) -> list[FirstStepResponse]:
    """In order, for admins."""
    return [FirstStepResponse(one.step, one.done, one.optional) for one in await show_first_steps(visitor.account)]
