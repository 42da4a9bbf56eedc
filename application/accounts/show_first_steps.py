"""What a practice still needs until its first session with a link: each step answered by what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.accounts.account import Account
from domain.ports.unit_of_work import Begin
from domain.providers import Providers


class Step(StrEnum):
    PRACTICE = "practice"  # its name, zone and language
    CONSULTANT = "consultant"  # somebody holds sessions
    COLLEAGUE = "colleague"  # somebody else belongs to the practice, or is invited
    CONNECTION = "connection"  # somebody is connected at a provider
    SESSION = "session"  # a session with a link, or any session where no provider is offered


@dataclass(frozen=True, slots=True)
class FirstStep:
    step: Step
    done: bool
    optional: bool = False


@dataclass(frozen=True)
class ShowFirstSteps:
    """Rules:

    - Admins see the steps of their practice.
    - A step is done when the thing is there, not when somebody said so; it may come undone.
    - Working alone is no fault: inviting a colleague is optional.
    """

    begin: Begin
    providers: Providers

    async def __call__(self, actor: Account) -> Sequence[FirstStep]:
        """Raises NotAllowed."""
        actor.must_be_admin()
        here, offered = actor.organization_id, any(True for _ in self.providers)
        async with self.begin() as work:
            practice = await work.people.organization(here)
            everybody = await work.people.everybody(here)
            invitations = await work.invitations.of_organization(here)
            connections = await work.connections.of_organization(here)
            booked = await work.bookings.any_booked(here, online=offered)
        # Practices that were founded before they had a language, and are at work, are set up.
        set_up = booked or (practice is not None and practice.language is not None)
        connected = [FirstStep(Step.CONNECTION, any(one.usable for one in connections))] if offered else []
        return [
            FirstStep(Step.PRACTICE, set_up),
            FirstStep(Step.CONSULTANT, any(one.is_consultant for one in everybody)),
            FirstStep(Step.COLLEAGUE, len(everybody) > 1 or bool(invitations), optional=True),
            *connected,
            FirstStep(Step.SESSION, booked),
        ]
