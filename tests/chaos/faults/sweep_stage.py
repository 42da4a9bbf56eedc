"""A practice whose accounts the sweep lists, with orphaned meetings in them."""

from datetime import timedelta
from uuid import UUID, uuid4

from adapters.in_memory.database import InMemoryDatabase
from adapters.in_memory.provider.fault import Fault
from adapters.in_memory.provider.provider_world import KeptMeeting
from adapters.in_memory.state import State
from domain.accounts.account import Account
from domain.booking.booking import Booking
from domain.booking.edits import Edits
from domain.connection.connection import ProviderAccount
from domain.meeting.marker import marker_of
from domain.meeting.meeting import MeetingDetails
from domain.meeting.orphans import BETWEEN_SIGHTINGS, EVERY, OrphanSweep
from tests.application.stage import CONFIRMED, Stage
from tests.tally import tally

A_DAY_ON = EVERY + timedelta(minutes=1)
SOON = BETWEEN_SIGHTINGS + timedelta(minutes=1)
FAR = 24 * 20  # hours: still in the future when the test ends


async def swept(stage: Stage, after: timedelta = timedelta(0)) -> int:
    stage.move(after)
    return int(await stage.use.sweep_orphans()())


async def looked_twice(stage: Stage) -> int:
    """Two rounds, from a day after connecting on: the first sighting, and soon after the second."""
    return await swept(stage, A_DAY_ON) + await swept(stage, SOON)


async def sweep(stage: Stage, who: Account | None = None) -> OrphanSweep:
    connection = await stage.connection(who or stage.ana)
    assert connection
    return connection.sweep


async def stored(stage: Stage, booking_id: UUID) -> Booking | None:
    async with stage.use.begin()() as work:
        booking: Booking | None = await work.bookings.to_change(stage.organization.id, booking_id)
    return booking


def land(stage: Stage, user: ProviderAccount, marker: UUID, *, hours: float = FAR, deployment: str = "") -> KeptMeeting:
    """A meeting appears in the account, as after a create that reached the provider late."""
    number = str(stage.world.next_number())
    details = MeetingDetails("Talk", stage.details(stage.ana, hours=hours).slot)
    kept = KeptMeeting(number, user.user_id, marker, details, f"https://north.example/j/{number}", deployment)
    stage.world.meetings[number] = kept
    return kept


async def late_create(stage: Stage, user: ProviderAccount, who: Account | None = None) -> tuple[UUID, KeptMeeting]:
    """The answer to the first create is lost and the meeting is not found; a second create follows, and then the first
    takes effect."""
    stage.world.strike("create", Fault.LOST_CALL)
    booking_id = await stage.book(who or stage.ana, stage.details(who or stage.ana, hours=FAR))
    await stage.work(timedelta(minutes=1))
    return booking_id, land(stage, user, marker_of(booking_id, 0))


async def give_to_bor(stage: Stage, booking_id: UUID) -> None:
    await stage.use.edit_booking()(stage.admin, booking_id, Edits(consultant_id=stage.bor.id), expected_version=None)
    await stage.work()


async def retitle(stage: Stage, booking_id: UUID) -> None:
    await stage.use.edit_booking()(stage.admin, booking_id, Edits(title="Anew"), expected_version=None)
    await stage.work(CONFIRMED)  # the provider has to report a missing meeting twice


async def unknown(stage: Stage, user: ProviderAccount) -> KeptMeeting:
    return land(stage, user, marker_of(uuid4(), 0))


def count(stage: Stage, case: str, *, orphans: int, removed: int, wanted: int) -> None:
    """`wanted`: how many meetings must remain: those of bookings, and orphaned ones that the sweep must not remove."""
    left = len(stage.world.meetings)
    tally(
        "Janitor", case, orphans=orphans, removed=removed, spared=orphans - removed,
        left_behind=max(left - wanted, 0), lost=max(wanted - left, 0),
    )  # fmt: skip


def backup(stage: Stage) -> State:
    return _database(stage).state.copy()


def restore(stage: Stage, saved: State) -> None:
    _database(stage).replace(saved.copy())


def _database(stage: Stage) -> InMemoryDatabase:
    database = getattr(stage.use.storage().begin, "__self__", None)
    assert isinstance(database, InMemoryDatabase)
    return database
