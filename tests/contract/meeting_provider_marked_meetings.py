"""The contract of providers whose accounts the orphan sweep can list."""

from domain.connection.token_set import AccessToken
from domain.meeting.orphans import MarkedMeeting
from domain.ports.meeting_provider import MarkedMeetings
from domain.provider import Provider
from tests.contract.meeting_provider_stage import Stage, access_of, details, new_marker


def _orphans(provider: Provider) -> MarkedMeetings:
    assert provider.orphans
    return provider.orphans


async def _every_page(provider: Provider, access: AccessToken) -> list[MarkedMeeting]:
    found: list[MarkedMeeting] = []
    page: str | None = None
    while True:
        told = await _orphans(provider).marked(access, page)
        found += told.meetings
        page = told.following
        if page is None:
            return found


async def _made(provider: Provider, access: AccessToken, stage: Stage, *, days: float = 2) -> MarkedMeeting:
    marker, wanted = new_marker(), details(stage, days=days)
    held = await provider.meetings.create(access, marker, wanted)
    return MarkedMeeting(held.id, marker, wanted.slot.starts_at)


class MarkedMeetingsContract:
    async def test_all_that_came_from_here_are_told_with_marker_and_start(self, stage: Stage) -> None:
        access = await access_of(stage)
        made = [await _made(stage.provider, access, stage, days=days) for days in (700, 2, 3, 4, 5)]
        told = await _every_page(stage.provider, access)
        assert sorted(told, key=lambda one: one.id) == sorted(made, key=lambda one: one.id)

    async def test_an_empty_account_has_one_empty_page(self, stage: Stage) -> None:
        assert await _every_page(stage.provider, await access_of(stage)) == []

    async def test_a_changed_meeting_is_told_as_it_is_now(self, stage: Stage) -> None:
        access = await access_of(stage)
        made, later = await _made(stage.provider, access, stage), details(stage, "Later", days=9)
        await stage.provider.meetings.change(access, made.id, made.marker, later)
        assert await _every_page(stage.provider, access) == [MarkedMeeting(made.id, made.marker, later.slot.starts_at)]

    async def test_a_removed_one_is_not_told(self, stage: Stage) -> None:
        access = await access_of(stage)
        made = await _made(stage.provider, access, stage)
        await stage.provider.meetings.remove(access, made.id)
        assert await _every_page(stage.provider, access) == []

    async def test_two_deployments_with_one_account_tell_their_own_alone(self, stage: Stage) -> None:
        access, other = await access_of(stage), stage.another_deployment()
        ours, theirs = await _made(stage.provider, access, stage), await _made(other, access, stage)
        assert await _every_page(stage.provider, access) == [ours]
        assert await _every_page(other, access) == [theirs]

    async def test_what_carries_an_old_mark_or_none_is_not_told(self, stage: Stage) -> None:
        """`find` still finds a meeting with an old marker."""
        access, marker = await access_of(stage), new_marker()
        old = await stage.make_with_old_mark(access, marker)
        assert await _every_page(stage.provider, access) == []
        found = await stage.provider.meetings.find(access, marker, details(stage))
        assert [held.id for held in found] == [old]

    async def test_hosts_are_told_their_own(self, stage: Stage) -> None:
        await _made(stage.provider, await access_of(stage), stage)
        assert await _every_page(stage.provider, await access_of(stage, person=1)) == []
