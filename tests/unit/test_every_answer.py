"""Every call × every answer × every operation of people during the call: the booking always reconciles in the end."""

from collections.abc import Callable
from itertools import product

import pytest

from adapters.in_memory.provider.fault import Fault
from domain.booking.booking import BookingDetails
from domain.meeting.host import Host
from domain.meeting.steps import Change, Create, Find, Remove
from tests.builders import BOR, LEASE, MINUTE, OTHER_PROVIDER, PRACTICE, details
from tests.unit.coming_to_rest import it_comes_right
from tests.unit.pretended_provider import FAULTS
from tests.unit.reconciling_world import ReconcilingWorld


def _create(world: ReconcilingWorld) -> None:
    world.plan(details())


def _look(world: ReconcilingWorld) -> None:
    """After a crash that left a meeting with an unknown answer."""
    world.plan(details())
    world.call(world.reconcilers[0], None)
    world.reconcilers.clear()
    world.now += LEASE
    world.work()


def _look_in_vain(world: ReconcilingWorld) -> None:
    world.plan(details())
    world.reconcilers.clear()
    world.now += LEASE
    world.work()


def _change(world: ReconcilingWorld) -> None:
    world.plan(details())
    world.finish(world.reconcilers[0])
    world.edit(details(hours=30))


def _change_in_vain(world: ReconcilingWorld) -> None:
    _change(world)
    world.provider.meetings.clear()


def _remove(world: ReconcilingWorld) -> None:
    world.plan(details())
    world.finish(world.reconcilers[0])
    world.edit(details(consultant_id=BOR))


STEPS = {
    "create": (_create, Create),
    "find": (_look, Find),
    "look in vain": (_look_in_vain, Find),
    "change": (_change, Change),
    "change in vain": (_change_in_vain, Change),
    "remove": (_remove, Remove),
}


def _saved(wanted: BookingDetails) -> Callable[[ReconcilingWorld], object]:
    return lambda world: world.edit(wanted)


def _offline_and_back(world: ReconcilingWorld) -> None:
    world.edit(details(provider=None))
    world.edit(details())


def _disconnected_and_back(world: ReconcilingWorld) -> None:
    world.disconnect(_host(world), withdrawing=False)
    world.connect(_host(world))


def _lease_ends(world: ReconcilingWorld) -> None:
    world.now += LEASE + MINUTE


def _taken_over(world: ReconcilingWorld) -> None:
    world.now += LEASE
    world.work()
    world.finish(world.reconcilers[-1])


MEANWHILE: dict[str, Callable[[ReconcilingWorld], object]] = {
    "nothing": lambda world: world,
    "title": _saved(details(title="New")),
    "time": _saved(details(hours=48)),
    "time as it was": _saved(details()),
    "host": _saved(details(consultant_id=BOR)),
    "provider": _saved(details(provider=OTHER_PROVIDER)),
    "offline": _saved(details(provider=None)),
    "offline and online again": _offline_and_back,
    "cancel": ReconcilingWorld.cancel,
    "delete": ReconcilingWorld.delete,
    "disconnect": lambda world: world.disconnect(_host(world), withdrawing=True),
    "disconnect and connect": _disconnected_and_back,
    "lease ends": _lease_ends,
    "taken over": _taken_over,
}


def _host(world: ReconcilingWorld) -> Host:
    return world.reconcilers[0].step.meeting.host_in(PRACTICE)


@pytest.mark.parametrize("fault", [None, *FAULTS], ids=str)
@pytest.mark.parametrize("name", STEPS)
def test_it_comes_right(name: str, fault: Fault | None) -> None:
    prepare, kind = STEPS[name]
    for meanwhile, called_first in product(MEANWHILE, (True, False)):
        world = ReconcilingWorld()
        prepare(world)
        [reconciler] = world.reconcilers
        assert isinstance(reconciler.step, kind)
        if called_first:
            world.call(reconciler, fault)
            MEANWHILE[meanwhile](world)
        else:
            MEANWHILE[meanwhile](world)
            world.call(reconciler, fault)
        world.record(reconciler)
        if world.open:  # and an edit recovers from a refusal
            world.edit(details(hours=60, title="Newer"))
        it_comes_right(world)
        assert world.booking is None or world.booking.desired is None or world.booking.meeting.status == "ready"


def test_the_refused_create_shows_failed_until_an_edit() -> None:
    world = ReconcilingWorld()
    _create(world)
    world.call(world.reconcilers[0], Fault.REFUSED)
    world.record(world.reconcilers[0])
    assert world.booking
    assert (world.booking.meeting.status, world.booking.meeting.detail) == ("failed", "not in your plan")
    assert world.booking.due_at(world.now) is None
