"""All samples about one consultant, shuffled, some of them several times, with the worker in between."""

from datetime import timedelta
from random import Random

import pytest

from tests.integration.webhooks.samples import FORMS, samples
from tests.integration.webhooks.zoom_stage import NEW, OLD, ZOOM, zoom_staged
from tests.tally import tally

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("seed", range(12))
async def test_any_order_leads_to_the_same_end(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same orders each time
    async with zoom_staged() as zoom:
        host, other = await zoom.host(), await zoom.host()
        values = zoom.values(host, zoom.now())
        zoom.world.remove_app(host.user.user_id)
        bodies = [sample.filled(values, chance.choice(FORMS)) for sample in samples()]
        deliveries = [body for body in bodies for _ in range(chance.choice((1, 1, 2, 4)))]
        chance.shuffle(deliveries)
        statuses = []
        for body in deliveries:
            statuses.append((await zoom.deliver(body, chance.choice((NEW, OLD)))).status_code)
            if chance.random() < 0.3:
                await zoom.stage.work(after=SECOND)
        await zoom.stage.work(after=60 * SECOND)
        faults = {
            "still connected": await zoom.stage.connection(host.account, ZOOM) is not None,
            "not told once": await zoom.removals(host) != 1,
            "the link went": (await zoom.stage.view(host.booking_id)).meeting.join_link != host.link,
            "looked at more than once": await zoom.looks(host) > 1,
            "the other one was touched": (await zoom.looks(other), await zoom.removals(other)) != (0, 0),
            "the other one's connection went": await zoom.stage.connection(other.account, ZOOM) is None,
        }
    tally(
        "Webhook samples",
        "all samples in any order",
        delivered=len(statuses),
        accepted=statuses.count(200),
        refused=sum(400 <= status < 500 for status in statuses),
        server_errors=sum(status >= 500 for status in statuses),
        untrue=sum(faults.values()),
    )
    assert set(statuses) == {200}
    assert [what for what, is_so in faults.items() if is_so] == []
