"""Every call × every way it can end × everything people may do meanwhile: it always comes right in the end."""

from collections.abc import Callable
from itertools import product

import pytest

from domain.booking.booking import Terms
from domain.meeting.steps import Change, Create, Look, Remove
from tests.builders import BOR, LEASE, MINUTE, OTHER_PROVIDER, terms
from tests.unit.coming_to_rest import it_comes_right
from tests.unit.pretended_provider import Fault
from tests.unit.settling_world import SettlingWorld


def _create(world: SettlingWorld) -> None:
    world.plan(terms())


def _look(world: SettlingWorld) -> None:
    """After a crash that left a meeting nobody heard of."""
    world.plan(terms())
    world.call(world.settlers[0], Fault.NONE)
    world.settlers.clear()
    world.now += LEASE
    world.work()


def _look_in_vain(world: SettlingWorld) -> None:
    world.plan(terms())
    world.settlers.clear()
    world.now += LEASE
    world.work()


def _change(world: SettlingWorld) -> None:
    world.plan(terms())
    world.finish(world.settlers[0])
    world.edit(terms(hours=30))


def _change_in_vain(world: SettlingWorld) -> None:
    _change(world)
    world.provider.meetings.clear()


def _remove(world: SettlingWorld) -> None:
    world.plan(terms())
    world.finish(world.settlers[0])
    world.edit(terms(consultant_id=BOR))


STEPS = {
    "create": (_create, Create),
    "look": (_look, Look),
    "look in vain": (_look_in_vain, Look),
    "change": (_change, Change),
    "change in vain": (_change_in_vain, Change),
    "remove": (_remove, Remove),
}


def _saved(wanted: Terms) -> Callable[[SettlingWorld], object]:
    return lambda world: world.edit(wanted)


def _offline_and_back(world: SettlingWorld) -> None:
    world.edit(terms(provider=None))
    world.edit(terms())


def _disconnected_and_back(world: SettlingWorld) -> None:
    world.disconnect(_host(world), withdrawing=False)
    world.connect(_host(world))


def _lease_ends(world: SettlingWorld) -> None:
    world.now += LEASE + MINUTE


def _taken_over(world: SettlingWorld) -> None:
    world.now += LEASE
    world.work()
    world.finish(world.settlers[-1])


MEANWHILE: dict[str, Callable[[SettlingWorld], object]] = {
    "nothing": lambda world: world,
    "title": _saved(terms(title="New")),
    "time": _saved(terms(hours=48)),
    "time as it was": _saved(terms()),
    "host": _saved(terms(consultant_id=BOR)),
    "provider": _saved(terms(provider=OTHER_PROVIDER)),
    "offline": _saved(terms(provider=None)),
    "offline and online again": _offline_and_back,
    "cancel": SettlingWorld.cancel,
    "delete": SettlingWorld.delete,
    "disconnect": lambda world: world.disconnect(_host(world), withdrawing=True),
    "disconnect and connect": _disconnected_and_back,
    "lease ends": _lease_ends,
    "taken over": _taken_over,
}


def _host(world: SettlingWorld) -> tuple:
    meeting = world.settlers[0].step.meeting
    return meeting.provider, meeting.host_id


@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.value)
@pytest.mark.parametrize("name", STEPS)
def test_it_comes_right(name: str, fault: Fault) -> None:
    prepare, kind = STEPS[name]
    for meanwhile, called_first in product(MEANWHILE, (True, False)):
        world = SettlingWorld()
        prepare(world)
        [settler] = world.settlers
        assert isinstance(settler.step, kind)
        if called_first:
            world.call(settler, fault)
            MEANWHILE[meanwhile](world)
        else:
            MEANWHILE[meanwhile](world)
            world.call(settler, fault)
        world.record(settler)
        if world.open:  # and what was refused is mended by an edit
            world.edit(terms(hours=60, title="Newer"))
        it_comes_right(world)
        assert world.booking is None or world.booking.wish is None or world.booking.meeting.standing == "ready"


def test_the_refused_create_shows_failed_until_an_edit() -> None:
    world = SettlingWorld()
    _create(world)
    world.call(world.settlers[0], Fault.REFUSED)
    world.record(world.settlers[0])
    assert world.booking
    assert (world.booking.meeting.standing, world.booking.meeting.detail) == ("failed", "not in your plan")
    assert world.booking.due_at(world.now) is None
