"""The contract of `WebhookEvents`."""

from datetime import datetime, timedelta

import pytest

from domain.errors import Invalid
from domain.webhook_event import Deauthorized, IgnoredEvent, MeetingChanged, UrlValidation
from tests.contract.meeting_provider_stage import SignedEvent, Stage, access_of


class WebhookEventsContract:
    async def test_a_removal_names_who_and_when(self, stage: Stage) -> None:
        account = await stage.provider.oauth.current_user(await access_of(stage))
        now = stage.clock.now()
        removed_at = (now - timedelta(hours=3)).replace(microsecond=250_000)
        event = _read(stage, stage.removal_event(removed_at, now), now)
        assert event == Deauthorized(account.user_id, account.account_id, removed_at)

    def test_an_address_question_gets_its_answer(self, stage: Stage) -> None:
        now = stage.clock.now()
        event = _read(stage, stage.address_question(now), now)
        assert isinstance(event, UrlValidation)
        assert event.answer
        assert "" not in event.answer.values()

    def test_a_event_of_a_meeting_names_which_and_when(self, stage: Stage) -> None:
        now = stage.clock.now()
        changed_at = (now - timedelta(hours=3)).replace(microsecond=250_000)
        event = _read(stage, stage.meeting_event("81236549870", changed_at, now), now)
        assert event == MeetingChanged("81236549870", changed_at)

    def test_other_events_are_ignored(self, stage: Stage) -> None:
        now = stage.clock.now()
        assert isinstance(_read(stage, stage.other_event(now), now), IgnoredEvent)

    def test_a_touched_event_is_refused(self, stage: Stage) -> None:
        now = stage.clock.now()
        headers, body = stage.removal_event(now, now)
        for changed in (body + b" ", body[1:], body.replace(b"user", b"loser"), b""):
            with pytest.raises(Invalid) as refused:
                stage.provider.webhook_events.read(headers, changed, now=now)
            assert refused.value.field == "signature"

    def test_a_event_without_signature_is_refused(self, stage: Stage) -> None:
        now = stage.clock.now()
        headers, body = stage.removal_event(now, now)
        for name in headers:
            rest = {other: value for other, value in headers.items() if other != name}
            with pytest.raises(Invalid) as refused:
                stage.provider.webhook_events.read(rest, body, now=now)
            assert refused.value.field == "signature"

    @pytest.mark.parametrize("away", [timedelta(hours=-1), timedelta(minutes=-6), timedelta(minutes=6)])
    def test_a_event_from_another_time_is_refused(self, stage: Stage, away: timedelta) -> None:
        now = stage.clock.now()
        with pytest.raises(Invalid) as refused:
            _read(stage, stage.removal_event(now, now + away), now)
        assert refused.value.field == "signature"

    def test_signed_nonsense_is_refused(self, stage: Stage) -> None:
        now = stage.clock.now()
        with pytest.raises(Invalid) as refused:
            _read(stage, stage.nonsense(now), now)
        assert refused.value.field == "body"

    async def test_a_removal_is_read_without_a_signature(self, stage: Stage) -> None:
        now = stage.clock.now()
        _, body = stage.removal_event(now, now)
        removal = stage.provider.webhook_events.unverified_removal(body)
        assert removal == _read(stage, stage.removal_event(now, now), now)
        for other in (stage.other_event(now)[1], stage.nonsense(now)[1], b"", b"[" * 100_000):
            assert stage.provider.webhook_events.unverified_removal(other) is None

    def test_identity_is_equal_for_repetitions_and_different_otherwise(self, stage: Stage) -> None:
        now = stage.clock.now()
        first, again = stage.removal_event(now, now), stage.removal_event(now, now + timedelta(minutes=20))
        other = stage.removal_event(now + timedelta(seconds=1), now)
        identities = [stage.provider.webhook_events.deduplication_key(*event) for event in (first, again, other)]
        assert identities[0] == identities[1] != identities[2]


def _read(stage: Stage, event: SignedEvent, now: datetime) -> object:
    headers, body = event
    return stage.provider.webhook_events.read(headers, body, now=now)
