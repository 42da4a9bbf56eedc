"""The steps that a practice needs until its first booking with a link, each checked against the stored data."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.accounts.account import Account
from domain.ports.unit_of_work import Begin
from domain.providers import Providers


class Step(StrEnum):
    PRACTICE = "practice"  # its name, zone and language
    CONSULTANT = "consultant"  # the practice has a consultant
    COLLEAGUE = "colleague"  # the practice has another person, or an invitation
    CONNECTION = "connection"  # a consultant is connected at a provider
    SESSION = "session"  # a booking with a link, or any booking when no provider is offered


@dataclass(frozen=True, slots=True)
class FirstStep:
    step: Step
    done: bool
    optional: bool = False


@dataclass(frozen=True)
class ShowFirstSteps:
    """Rules:

    - Admins see the steps of their practice.
    - A step is done while the stored data say so; it can become undone.
    - Inviting a colleague is optional.
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
        # A practice from before the language setting that has bookings counts as set up.
        set_up = booked or (practice is not None and practice.language is not None)
        connected = [FirstStep(Step.CONNECTION, any(one.usable for one in connections))] if offered else []
        return [
            FirstStep(Step.PRACTICE, set_up),
            FirstStep(Step.CONSULTANT, any(one.is_consultant for one in everybody)),
            FirstStep(Step.COLLEAGUE, len(everybody) > 1 or bool(invitations), optional=True),
            *connected,
            FirstStep(Step.SESSION, booked),
        ]
