"""The holder of a founding link learns of no address but their own whether it signs in."""

from uuid import uuid4

import pytest

from application.accounts.log_in import Origin
from demo.practice import PASSWORD
from domain.accounts.errors import SignsInElsewhere
from domain.accounts.founding import Proposal
from domain.connection.meetings_on_disconnect import MeetingsOnDisconnect
from domain.rule import Rule
from tests.application.stage import Stage
from tests.breaking import breaks

ORIGIN = Origin("192.0.2.7")
PROPOSAL = Proposal("Ash Practice", "Europe/Vienna", None, "Petra Jesen", "petra@example.com")


def _with(email: str) -> Proposal:
    return Proposal("Ash Practice", "Europe/Vienna", None, "Petra Jesen", email)


@pytest.mark.parametrize("known", [True, False])
async def test_a_link_for_a_person_serves_no_other_address_whether_it_is_known_or_not(
    stage: Stage, known: bool
) -> None:
    found = stage.use.found_practice()
    secret = await found.offer(PROPOSAL)
    other = stage.ana.email if known else "nobody@example.com"
    with breaks(Rule.FOUNDING_ADDRESS, "email", email=PROPOSAL.email):
        await found(secret.text, uuid4(), _with(other), PASSWORD, ORIGIN)
    logged_in = await found(secret.text, uuid4(), _with("Petra@Example.com "), PASSWORD, ORIGIN)
    assert logged_in.account.email == PROPOSAL.email


async def test_the_own_address_that_signs_in_elsewhere_meanwhile_uses_no_link_up(stage: Stage) -> None:
    found = stage.use.found_practice()
    first, second = await found.offer(PROPOSAL), await found.offer(PROPOSAL)
    await found(first.text, uuid4(), PROPOSAL, PASSWORD, ORIGIN)
    for _ in range(2):
        with pytest.raises(SignsInElsewhere):
            await found(second.text, uuid4(), PROPOSAL, PASSWORD, ORIGIN)


async def test_the_operator_hears_at_once_of_an_address_that_is_taken(stage: Stage) -> None:
    await stage.use.end_account()(stage.admin, stage.bor.id, MeetingsOnDisconnect.KEEP)
    for person in (stage.ana, stage.bor):
        with breaks(Rule.EMAIL_TAKEN, "email", email=person.email):
            await stage.use.found_practice().offer(_with(person.email))
