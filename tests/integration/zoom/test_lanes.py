"""Many calls at once share a few connections each, and every answer makes room again."""

import asyncio

import httpx
import pytest
import respx

from adapters.zoom.lanes import Lanes

ADDRESS = "https://zoom.example/v2/users/me"
ONE_EACH = httpx.Limits(max_connections=1, max_keepalive_connections=1)


class Turnstile:
    """Counts concurrent calls."""

    def __init__(self) -> None:
        self.most = self.inside = 0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.inside += 1
        self.most = max(self.most, self.inside)
        await asyncio.sleep(0.02)
        self.inside -= 1
        return httpx.Response(200, json={"id": "x"})


async def test_calls_at_once_take_different_lanes() -> None:
    turnstile = Turnstile()
    lanes = Lanes(3, ONE_EACH)
    with respx.mock() as zoom:
        zoom.get(ADDRESS).mock(side_effect=turnstile)
        async with httpx.AsyncClient(transport=lanes) as http:
            answers = await asyncio.gather(*(http.get(ADDRESS) for _ in range(3)))
    assert [answer.json() for answer in answers] == [{"id": "x"}] * 3
    assert turnstile.most == 3


@pytest.mark.parametrize("ending", ["read", "left", "failed"])
async def test_a_lane_has_room_again_when_its_call_is_over(ending: str) -> None:
    lanes = Lanes(2, ONE_EACH)
    first = lanes._lanes[0]
    with respx.mock() as zoom:
        failure = httpx.ReadTimeout("slow") if ending == "failed" else None
        zoom.get(ADDRESS).mock(side_effect=failure, return_value=httpx.Response(200, content=b"abc"))
        async with httpx.AsyncClient(transport=lanes) as http:
            try:
                async with http.stream("GET", ADDRESS) as answer:
                    assert not first.has_room
                    if ending == "read":
                        assert await answer.aread() == b"abc"
            except httpx.ReadTimeout:
                assert ending == "failed"
            assert first.has_room
