"""What every provider's notices must do."""

from datetime import datetime, timedelta

import pytest

from domain.errors import Invalid
from domain.ports.meeting_provider import AddressCheck, Deauthorized, MeetingTouched, Unremarkable
from tests.contract.meeting_provider_stage import SignedNotice, Stage, access_of


class NoticesContract:
    async def test_a_removal_names_who_and_when(self, stage: Stage) -> None:
        account = await stage.provider.consent.who_am_i(await access_of(stage))
        now = stage.clock.now()
        removed_at = (now - timedelta(hours=3)).replace(microsecond=250_000)
        notice = _read(stage, stage.removal_notice(removed_at, now), now)
        assert notice == Deauthorized(account.user_id, account.account_id, removed_at)

    def test_an_address_question_gets_its_answer(self, stage: Stage) -> None:
        now = stage.clock.now()
        notice = _read(stage, stage.address_question(now), now)
        assert isinstance(notice, AddressCheck)
        assert notice.answer
        assert "" not in notice.answer.values()

    def test_a_notice_of_a_meeting_names_which_and_when(self, stage: Stage) -> None:
        now = stage.clock.now()
        touched_at = (now - timedelta(hours=3)).replace(microsecond=250_000)
        notice = _read(stage, stage.meeting_notice("81236549870", touched_at, now), now)
        assert notice == MeetingTouched("81236549870", touched_at)

    def test_other_notices_are_unremarkable(self, stage: Stage) -> None:
        now = stage.clock.now()
        assert isinstance(_read(stage, stage.other_notice(now), now), Unremarkable)

    def test_a_touched_notice_is_refused(self, stage: Stage) -> None:
        now = stage.clock.now()
        headers, body = stage.removal_notice(now, now)
        for touched in (body + b" ", body[1:], body.replace(b"user", b"loser"), b""):
            with pytest.raises(Invalid) as refused:
                stage.provider.notices.read(headers, touched, now=now)
            assert refused.value.data["field"] == "signature"

    def test_a_notice_without_signature_is_refused(self, stage: Stage) -> None:
        now = stage.clock.now()
        headers, body = stage.removal_notice(now, now)
        for name in headers:
            rest = {other: value for other, value in headers.items() if other != name}
            with pytest.raises(Invalid) as refused:
                stage.provider.notices.read(rest, body, now=now)
            assert refused.value.data["field"] == "signature"

    @pytest.mark.parametrize("away", [timedelta(hours=-1), timedelta(minutes=-6), timedelta(minutes=6)])
    def test_a_notice_from_another_time_is_refused(self, stage: Stage, away: timedelta) -> None:
        now = stage.clock.now()
        with pytest.raises(Invalid) as refused:
            _read(stage, stage.removal_notice(now, now + away), now)
        assert refused.value.data["field"] == "signature"

    def test_signed_nonsense_is_refused(self, stage: Stage) -> None:
        now = stage.clock.now()
        with pytest.raises(Invalid) as refused:
            _read(stage, stage.nonsense(now), now)
        assert refused.value.data["field"] == "body"

    async def test_a_claim_is_read_without_a_signature(self, stage: Stage) -> None:
        now = stage.clock.now()
        _, body = stage.removal_notice(now, now)
        removal = stage.provider.notices.unverified_removal(body)
        assert removal == _read(stage, stage.removal_notice(now, now), now)
        for other in (stage.other_notice(now)[1], stage.nonsense(now)[1], b"", b"[" * 100_000):
            assert stage.provider.notices.unverified_removal(other) is None

    def test_identity_is_equal_for_repetitions_and_different_otherwise(self, stage: Stage) -> None:
        now = stage.clock.now()
        first, again = stage.removal_notice(now, now), stage.removal_notice(now, now + timedelta(minutes=20))
        other = stage.removal_notice(now + timedelta(seconds=1), now)
        identities = [stage.provider.notices.identity(*notice) for notice in (first, again, other)]
        assert identities[0] == identities[1] != identities[2]


def _read(stage: Stage, notice: SignedNotice, now: datetime) -> object:
    headers, body = notice
    return stage.provider.notices.read(headers, body, now=now)
