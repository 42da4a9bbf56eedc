"""Each attack in a short form: what it does to others stays within its bound. `make attacks` has the long form."""

from collections.abc import Callable, Iterator

import pytest

from tests.chaos.attacks.all_attacks import ATTACKS
from tests.chaos.attacks.figures import Figure
from tests.chaos.attacks.target import Target, target
from tests.database import DatabaseServer, fresh_database

SECONDS = 3.0


@pytest.fixture(scope="module")
def attacked(database_server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with fresh_database(database_server) as address, target(address, tmp_path_factory.mktemp("service")) as made:
        yield made


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.__name__)
def test_an_attack_stays_within_its_bounds(
    attack: Callable[[Target, float], Iterator[Figure]], attacked: Target
) -> None:
    figures = [*attack(attacked, SECONDS)]
    assert figures
    assert [f"{one.what}: {one.value:g}, {one.bound}" for one in figures if not (one.timed or one.held)] == []
