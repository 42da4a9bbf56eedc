"""The contract of `Meetings`."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.meeting.meeting import MeetingDetails, ObservedMeeting
from domain.meeting.verification import Difference
from domain.provider_errors import Gone, Refused, TryLater
from domain.slot import Slot
from tests.contract.meeting_provider_stage import Stage, access_of, details, new_marker


class MeetingsContract:
    async def test_a_meeting_is_made_as_wished(self, stage: Stage) -> None:
        access, wanted = await access_of(stage), details(stage, "First talk")
        held = await stage.provider.meetings.create(access, new_marker(), wanted)
        (seen,) = await stage.seen()
        assert (seen.id, seen.topic, seen.starts_at) == (held.id, "First talk", wanted.slot.starts_at)
        assert seen.duration == wanted.slot.duration
        assert held.join_link.startswith("http")
        assert await stage.provider.meetings.read(access, held.id, wanted) == ObservedMeeting(held)

    async def test_two_meetings_are_two(self, stage: Stage) -> None:
        access = await access_of(stage)
        held = [await stage.provider.meetings.create(access, new_marker(), details(stage)) for _ in range(2)]
        assert held[0].id != held[1].id
        assert held[0].join_link != held[1].join_link

    async def test_everybody_gets_a_room_of_their_own(self, stage: Stage) -> None:
        """Also when the host's own settings would put all clients into one personal room."""
        access = await access_of(stage, person=1)
        held = [await stage.provider.meetings.create(access, new_marker(), details(stage)) for _ in range(2)]
        assert held[0].join_link != held[1].join_link

    async def test_many_at_once(self, stage: Stage) -> None:
        access = await access_of(stage)
        wanted = [details(stage, f"Talk {number}", days=number + 1) for number in range(12)]
        made = await asyncio.gather(*(stage.provider.meetings.create(access, new_marker(), one) for one in wanted))
        assert len({held.id for held in made}) == 12
        assert {(seen.topic, seen.starts_at) for seen in await stage.seen()} == {
            (one.topic, one.slot.starts_at) for one in wanted
        }

    @pytest.mark.parametrize(
        "topic",
        [
            "x" * 200,
            "🧑‍🤝‍🧑" * 200,
            "línea\nnueva\ttab\x00null",
            "“Ljubljana” — čšž / 東京 / مرحبا",
            "<b>&amp;",
            "e\u0301" * 300,
        ],
        ids=["longest", "long emoji", "control characters", "scripts", "markup", "combining"],
    )
    async def test_any_topic_is_taken(self, stage: Stage, topic: str) -> None:
        access = await access_of(stage)
        assert (await stage.provider.meetings.create(access, new_marker(), details(stage, topic))).id

    @pytest.mark.parametrize(
        ("local", "zone"),
        [
            ("2049-03-28T01:30", "Europe/Ljubljana"),
            ("2049-03-28T03:30", "Europe/Ljubljana"),
            ("2049-10-31T02:30", "Europe/Ljubljana"),
            ("2049-03-14T12:00", "America/New_York"),
            ("2049-07-01T09:15", "Asia/Kathmandu"),
            ("2049-01-01T00:00", "Pacific/Kiritimati"),
        ],
    )
    @pytest.mark.parametrize("fold", [0, 1])
    async def test_the_instant_is_right_in_every_zone(self, stage: Stage, local: str, zone: str, fold: int) -> None:
        starts_at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold)
        slot = Slot(starts_at.astimezone(UTC), starts_at.astimezone(UTC) + timedelta(minutes=45), zone)
        await stage.provider.meetings.create(await access_of(stage), new_marker(), MeetingDetails("Zones", slot))
        assert [seen.starts_at for seen in await stage.seen()] == [slot.starts_at]

    async def test_a_change_keeps_id_and_link(self, stage: Stage) -> None:
        access, marker = await access_of(stage), new_marker()
        held = await stage.provider.meetings.create(access, marker, details(stage))
        wanted = details(stage, "Moved", days=5, minutes=80)
        assert await stage.provider.meetings.change(access, held.id, marker, wanted) == held
        (seen,) = await stage.seen()
        assert (seen.topic, seen.starts_at, seen.duration) == ("Moved", wanted.slot.starts_at, wanted.slot.duration)

    async def test_a_start_in_the_past_is_refused_and_nothing_happens(self, stage: Stage) -> None:
        access, marker, past = await access_of(stage), new_marker(), details(stage, days=-1)
        with pytest.raises(Refused):
            await stage.provider.meetings.create(access, marker, past)
        held = await stage.provider.meetings.create(access, marker, details(stage))
        with pytest.raises(Refused):
            await stage.provider.meetings.change(access, held.id, marker, past)
        assert [seen.starts_at for seen in await stage.seen()] == [details(stage).slot.starts_at]

    async def test_a_deleted_meeting_is_gone(self, stage: Stage) -> None:
        access, marker = await access_of(stage), new_marker()
        held = await stage.provider.meetings.create(access, marker, details(stage))
        await stage.delete(held.id)
        with pytest.raises(Gone):
            await stage.provider.meetings.read(access, held.id, details(stage))
        with pytest.raises(Gone):
            await stage.provider.meetings.change(access, held.id, marker, details(stage, days=3))
        with pytest.raises(Gone):
            await stage.provider.meetings.remove(access, held.id)
        assert await stage.provider.meetings.find(access, marker, details(stage)) == ()

    async def test_reading_tells_what_the_host_changed(self, stage: Stage) -> None:
        access, marker, wanted = await access_of(stage), new_marker(), details(stage)
        held = await stage.provider.meetings.create(access, marker, wanted)
        await stage.rename(held.id, "By hand")
        seen = await stage.provider.meetings.read(access, held.id, wanted)
        assert seen == ObservedMeeting(held, (Difference.RENAMED,))
        await stage.move(held.id, wanted.slot.starts_at + timedelta(hours=1), 50)
        seen = await stage.provider.meetings.read(access, held.id, wanted)
        assert seen.differs == (Difference.MOVED, Difference.RENAMED)
        await stage.move(held.id, wanted.slot.starts_at, 80)
        seen = await stage.provider.meetings.read(access, held.id, wanted)
        assert seen.differs == (Difference.RESIZED, Difference.RENAMED)
        await stage.provider.meetings.change(access, held.id, marker, wanted)
        assert await stage.provider.meetings.read(access, held.id, wanted) == ObservedMeeting(held)

    @pytest.mark.parametrize("topic", ["x" * 400, "línea\nnueva\ttab", "🧑‍🤝‍🧑" * 200, "e\u0301" * 300])
    async def test_a_topic_that_the_provider_takes_in_its_own_way_is_no_difference(
        self, stage: Stage, topic: str
    ) -> None:
        access, wanted = await access_of(stage), details(stage, topic)
        held = await stage.provider.meetings.create(access, new_marker(), wanted)
        assert await stage.provider.meetings.read(access, held.id, wanted) == ObservedMeeting(held)

    async def test_removing_what_is_not_there_says_so_and_touches_nothing_else(self, stage: Stage) -> None:
        access = await access_of(stage)
        held = await stage.provider.meetings.create(access, new_marker(), details(stage))
        kept = await stage.provider.meetings.create(access, new_marker(), details(stage))
        await stage.provider.meetings.remove(access, held.id)
        with pytest.raises(Gone):
            await stage.provider.meetings.remove(access, held.id)
        assert [seen.id for seen in await stage.seen()] == [kept.id]

    async def test_illness_is_never_taken_for_gone(self, stage: Stage) -> None:
        access, marker = await access_of(stage), new_marker()
        held = await stage.provider.meetings.create(access, marker, details(stage))
        for operation in ("read", "change", "remove", "find"):
            await stage.be_ill(operation)
        with pytest.raises(TryLater):
            await stage.provider.meetings.read(access, held.id, details(stage))
        with pytest.raises(TryLater):
            await stage.provider.meetings.change(access, held.id, marker, details(stage, days=3))
        with pytest.raises(TryLater):
            await stage.provider.meetings.remove(access, held.id)
        with pytest.raises(TryLater):
            await stage.provider.meetings.find(access, marker, details(stage))
        assert [seen.id for seen in await stage.seen()] == [held.id]

    async def test_a_lost_create_can_be_found_again(self, stage: Stage) -> None:
        access, marker = await access_of(stage), new_marker()
        await stage.provider.meetings.create(access, new_marker(), details(stage, "Another"))
        await stage.lose_answer("create")
        with pytest.raises(TryLater) as told:
            await stage.provider.meetings.create(access, marker, details(stage, "Lost"))
        assert told.value.unheard
        (found,) = await stage.provider.meetings.find(access, marker, details(stage, "Lost"))
        assert {seen.id: seen.topic for seen in await stage.seen()}[found.id] == "Lost"
        assert (await stage.provider.meetings.read(access, found.id, details(stage, "Lost"))) == ObservedMeeting(found)

    async def test_looking_finds_what_is_years_away_and_every_double(self, stage: Stage) -> None:
        access, marker, far = await access_of(stage), new_marker(), details(stage, days=700)
        made = {(await stage.provider.meetings.create(access, marker, far)).id for _ in range(2)}
        assert {held.id for held in await stage.provider.meetings.find(access, marker, far)} == made

    async def test_a_changed_meeting_is_still_found(self, stage: Stage) -> None:
        access, marker = await access_of(stage), new_marker()
        held = await stage.provider.meetings.create(access, marker, details(stage))
        await stage.provider.meetings.change(access, held.id, marker, details(stage, "Renamed", days=9))
        assert await stage.provider.meetings.find(access, marker, details(stage)) == (held,)

    async def test_an_ill_create_leaves_nothing_behind(self, stage: Stage) -> None:
        access, marker = await access_of(stage), new_marker()
        await stage.be_ill("create")
        with pytest.raises(TryLater):
            await stage.provider.meetings.create(access, marker, details(stage))
        assert await stage.provider.meetings.find(access, marker, details(stage)) == ()

    async def test_the_daily_limit_names_its_end_and_had_no_effect(self, stage: Stage) -> None:
        access = await access_of(stage)
        await stage.reach_daily_limit()
        with pytest.raises(TryLater) as told:
            await stage.provider.meetings.create(access, new_marker(), details(stage))
        now = stage.clock.now()
        assert told.value.reason == "daily_limit"
        assert not told.value.unheard
        assert told.value.until is not None
        assert now < told.value.until <= now + timedelta(days=1)
        assert not await stage.seen()

    async def test_nobody_reaches_another_hosts_meeting(self, stage: Stage) -> None:
        marker = new_marker()
        held = await stage.provider.meetings.create(await access_of(stage), marker, details(stage))
        stranger = await access_of(stage, person=1)
        with pytest.raises(Gone):
            await stage.provider.meetings.read(stranger, held.id, details(stage))
        assert await stage.provider.meetings.find(stranger, marker, details(stage)) == ()
        assert [seen.id for seen in await stage.seen()] == [held.id]
