"""Every sample, in every form of its ids, once, twice and late, with each secret: the right effect and no other."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from tests.application.stage import CONFIRMED
from tests.integration.webhooks.samples import FORMS, Form, Sample, samples
from tests.integration.webhooks.sending import refused
from tests.integration.webhooks.zoom_stage import SECRETS, ZOOM, Host, ZoomStage, zoom_staged
from tests.tally import tally

DELIVERIES = ("once", "twice", "in reverse order")
HALF_AN_HOUR, MINUTE = timedelta(minutes=30), timedelta(minutes=1)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
async def test_each_sample(sample: Sample, secret: str) -> None:
    answers: list[httpx.Response] = []
    untrue: list[str] = []
    async with zoom_staged() as zoom:
        for form in FORMS:
            for delivery in DELIVERIES:
                host = await zoom.host()
                case = Case(zoom, sample, host, SECRETS[secret])
                answers += await case.delivered(delivery, form)
                await zoom.stage.work()
                await zoom.stage.work(CONFIRMED)
                untrue += [f"ids {form}, {delivery}: {fault}" for fault in await case.faults(delivery, secret)]
    tally(
        "Webhook samples",
        sample.name,
        delivered=len(answers),
        accepted=sum(one.status_code == 200 for one in answers),
        refused=sum(map(refused, answers)),
        server_errors=sum(one.status_code >= 500 for one in answers),
        untrue=len(untrue),
    )
    expected = 422 if secret == "wrong" else 200
    assert {one.status_code for one in answers} == {expected}
    assert untrue == []


class Case:
    """One host, and what happens to their meeting or connection in Zoom before the webhook event of it arrives."""

    def __init__(self, zoom: ZoomStage, sample: Sample, host: Host, secret: str) -> None:
        self.zoom, self.sample, self.host, self.secret = zoom, sample, host, secret
        self.answers: list[httpx.Response] = []

    async def delivered(self, delivery: str, form: Form) -> list[httpx.Response]:
        happened_at = self.zoom.now()
        self._happen()
        body = self.sample.filled(self.zoom.values(self.host, happened_at), form)
        if delivery == "in reverse order":
            return await self._after_what_came_later(body, form)
        answers = [await self.zoom.deliver(body, self.secret)]
        if delivery == "twice":
            await self.zoom.stage.work()
            answers.append(await self.zoom.deliver(body, self.secret))
        return answers

    @property
    def _deleted(self) -> bool:
        """Then the absence is confirmed by a second look, before a new link replaces the one that clients hold."""
        return self.sample.event in ("meeting.deleted", "meeting.permanently_deleted")

    def _happen(self) -> None:
        """Only a genuine webhook event has an effect. A forged one has none."""
        if self.secret == SECRETS["wrong"]:
            return
        world, [kept] = self.zoom.world, self.zoom.world.meetings_of(self.host.user.user_id)
        if self._deleted:
            del world.meetings[kept.id]
        elif self.sample.event == "meeting.updated":
            kept.details = replace(kept.details, topic="By hand")
        elif self.sample.effect == "removed":
            world.remove_app(self.host.user.user_id)

    async def _after_what_came_later(self, body: bytes, form: Form) -> list[httpx.Response]:
        """A later webhook event about the same meeting comes first; a removal comes when they have connected again."""
        self.zoom.stage.move(HALF_AN_HOUR)
        if self.sample.effect == "removed":
            await self.zoom.stage.connect(self.host.account, ZOOM, self.host.user)
            self.zoom.stage.move(MINUTE)
            return [await self.zoom.deliver(body, self.secret)]
        later = self.sample.filled(self.zoom.values(self.host, self.zoom.now()), form)
        answers = [await self.zoom.deliver(later, self.secret)]
        await self.zoom.stage.work()
        self.zoom.stage.move(2 * MINUTE)
        return [*answers, await self.zoom.deliver(body, self.secret)]

    async def faults(self, delivery: str, secret: str) -> list[str]:
        """Effects that should not have been, or are missing."""
        genuine = secret != "wrong"
        removed = genuine and self.sample.effect == "removed" and delivery != "in reverse order"
        looks = 0 if not genuine or self.sample.effect != "looked at" else 2 if self._deleted else 1
        connected = await self.zoom.stage.connection(self.host.account, ZOOM) is not None
        found = {
            "looks": (looks, await self.zoom.looks(self.host)),
            "connected": (not removed, connected),
            "told as removed": (int(removed), await self.zoom.removals(self.host)),
            "meeting": ("as it should be", await self._meeting(genuine=genuine)),
        }
        return [f"{what} {is_} instead of {should}" for what, (should, is_) in found.items() if is_ != should]

    async def _meeting(self, *, genuine: bool) -> str:
        shown = (await self.zoom.stage.view(self.host.booking_id)).meeting
        held = [kept.join_link for kept in self.zoom.world.meetings_of(self.host.user.user_id)]
        if held != [shown.join_link]:
            return f"{held} there, {shown.join_link} here"
        anew = genuine and self._deleted
        if (shown.join_link != self.host.link) != anew:
            return f"made anew: {not anew}"
        renamed = genuine and self.sample.event == "meeting.updated"
        return "as it should be" if bool(shown.differs) == renamed else f"differs: {shown.differs}"
