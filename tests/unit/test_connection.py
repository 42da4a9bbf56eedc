"""The life of a connection: refreshes, failures, disconnecting, reconnecting."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.connection.connection import IDLE_AFTER, MOST_DISCONNECT_ATTEMPTS, ConnectionStatus
from domain.connection.errors import OtherProviderAccount
from domain.connection.token_set import REFRESH_BEFORE_END, AccessToken
from domain.connection.unverified_removal import PAUSE, UnverifiedRemoval
from domain.failure_reason import FailureReason
from domain.lease import Lease
from domain.provider_errors import NeedsConsultant
from tests.builders import DAY, HOUR, MINUTE, NOW, connection, lease, provider_account, token_set

LATER = NOW + DAY


def test_a_new_connection_can_be_used() -> None:
    one = connection()
    assert one.usable
    assert one.usable_for_removal
    assert one.status is ConnectionStatus.CONNECTED


def test_a_refresh_brings_new_tokens_and_frees_the_lease() -> None:
    one = connection().leased(lease()).refreshed(token_set(2), now=LATER)
    assert (one.token_set, one.lease, one.refreshed_at) == (token_set(2), None, LATER)


def test_a_refresh_while_disconnecting_does_not_connect_again() -> None:
    one = connection().disconnecting(retry_at=LATER).refreshed(token_set(2), now=LATER)
    assert one.status is ConnectionStatus.DISCONNECTING


def test_a_failed_refresh_keeps_the_tokens() -> None:
    one = connection().leased(lease()).refresh_failed(FailureReason.PROVIDER_DOWN)
    assert (one.token_set, one.lease, one.refresh_failure) == (token_set(), None, "provider_down")
    assert one.usable


def test_the_final_word_forgets_the_tokens() -> None:
    one = connection().leased(lease()).died(FailureReason.CONSENT_GONE)
    assert (one.token_set, one.lease) == (None, None)
    assert one.status is ConnectionStatus.NEEDS_RECONNECTING
    assert not one.usable
    assert not one.usable_for_removal


def test_the_final_word_after_a_lost_answer_says_so_however_late_it_comes() -> None:
    assert connection().refused(lost=False).refresh_failure == "consent_gone"
    assert connection().refused(lost=True).refresh_failure == "tokens_lost"
    lost = connection().leased(lease()).refresh_failed(FailureReason.PROVIDER_DOWN, unheard=True)
    assert lost.usable
    later = lost.leased(lease()).refresh_failed(FailureReason.PROVIDER_DOWN)
    assert later.refused(lost=False).refresh_failure == "tokens_lost"
    assert later.refreshed(token_set(2), now=LATER).refused(lost=False).refresh_failure == "consent_gone"


def test_a_lease_whose_process_ended_without_a_word_counts_as_a_lost_answer() -> None:
    taken_over = connection().leased(lease()).leased(lease())
    assert taken_over.refused(lost=False).refresh_failure == "tokens_lost"


def test_the_final_word_while_disconnecting_leaves_it_disconnecting() -> None:
    assert (
        connection().disconnecting(retry_at=LATER).died(FailureReason.CONSENT_GONE).status
        is ConnectionStatus.DISCONNECTING
    )


def test_a_disconnecting_one_serves_only_removals_until_it_is_tired() -> None:
    one = connection().disconnecting(retry_at=LATER)
    assert not one.usable
    assert one.usable_for_removal
    assert not one.retries_exhausted
    for _ in range(MOST_DISCONNECT_ATTEMPTS - 1):
        one = one.disconnecting(retry_at=LATER)
    assert one.retries_exhausted


def test_reconnecting_starts_clean() -> None:
    one = connection().disconnecting(retry_at=LATER).leased(lease()).refresh_failed(FailureReason.PROVIDER_DOWN)
    again = one.reconnected(provider_account(email="new@provider.example"), token_set(2), now=LATER)
    fresh = connection()
    expected = replace(
        fresh, id=one.id, account=provider_account(email="new@provider.example"), token_set=token_set(2),
        connected_at=LATER, refreshed_at=LATER,
    )  # fmt: skip
    assert again == expected


def test_reconnecting_needs_the_same_account_at_the_provider() -> None:
    connection().must_be_same_account(provider_account(), "Meetwell")
    with pytest.raises(OtherProviderAccount) as refusal:
        connection().must_be_same_account(provider_account("user-2", "bor@provider.example"), "Meetwell")
    assert "ana@provider.example" in refusal.value.next


def test_a_removal_older_than_the_connection_means_an_earlier_one() -> None:
    assert connection().predates(NOW)
    assert not connection().predates(NOW - timedelta(microseconds=1))


def test_a_connection_is_idle_after_a_month_unless_it_cannot_be_used() -> None:
    assert not connection().idle(NOW + IDLE_AFTER - MINUTE)
    assert connection().idle(NOW + IDLE_AFTER)
    assert not connection().died(FailureReason.CONSENT_GONE).idle(NOW + IDLE_AFTER)


@pytest.mark.parametrize("reason", [FailureReason.NOT_CONNECTED, FailureReason.CONSENT_GONE])
def test_a_usable_connection_mends_a_missing_one(reason: FailureReason) -> None:
    need = NeedsConsultant(reason=reason)
    assert connection().mends(need, since=NOW + HOUR)
    assert not connection().died(FailureReason.CONSENT_GONE).mends(need, since=NOW - HOUR)


def test_only_a_newer_connection_mends_a_missing_permission() -> None:
    need = NeedsConsultant(reason=FailureReason.SCOPE_MISSING, scopes=("write",))
    assert connection().mends(need, since=NOW - HOUR)
    assert not connection().mends(need, since=NOW)


def test_tokens_are_never_printed() -> None:
    assert "access-1" not in repr(connection())
    assert "refresh-1" not in repr(connection())
    assert "access-1" not in repr(AccessToken("access-1"))


def test_a_grant_is_refreshed_before_it_ends_and_alive_almost_to_the_end() -> None:
    one = token_set(ends_at=NOW + HOUR)
    assert one.fresh(NOW + HOUR - REFRESH_BEFORE_END - MINUTE)
    assert not one.fresh(NOW + HOUR - REFRESH_BEFORE_END)
    assert one.alive(NOW + HOUR - MINUTE)
    assert not one.alive(NOW + HOUR - timedelta(seconds=30))


def test_a_lease_ends() -> None:
    assert Lease(lease().token, NOW + MINUTE).holds(NOW)
    assert not Lease(lease().token, NOW).holds(NOW)


# --- unverified removals ------------------------------------------------------------------------------------------


def test_a_claimed_removal_is_asked_about_at_once() -> None:
    one = connection().with_reported_removal(provider_account().account_id, NOW + MINUTE, now=LATER)
    assert one.unverified_removal == UnverifiedRemoval(NOW + MINUTE, LATER)
    assert one.unverified_removal.due(LATER)
    assert (one.usable, one.token_set) == (True, token_set())


def test_a_removal_from_the_future_is_one_of_now() -> None:
    one = connection().with_reported_removal(provider_account().account_id, NOW + 999 * DAY, now=LATER)
    assert one.unverified_removal.since == LATER


def test_a_removal_of_another_account_or_an_earlier_authorization_is_none() -> None:
    one = connection()
    assert one.with_reported_removal("another", NOW + MINUTE, now=LATER) == one
    assert one.with_reported_removal(provider_account().account_id, NOW - MINUTE, now=LATER) == one


def test_however_often_it_is_claimed_one_question_a_minute() -> None:
    one, asked = connection(), 0
    for second in range(600):
        now = LATER + timedelta(seconds=second)
        one = one.with_reported_removal(provider_account().account_id, now, now=now)
        if one.unverified_removal.due(now):
            asked += 1
            question = one.unverified_removal.asking(now)
            one = one.with_unverified_removal(question.answered(question))
    assert asked == 600 / PAUSE.total_seconds()


def test_a_question_without_an_answer_is_asked_again_after_a_pause() -> None:
    asking = UnverifiedRemoval().raised(NOW, NOW).asking(NOW)
    assert not asking.due(NOW + PAUSE - timedelta(seconds=1))
    assert asking.due(NOW + PAUSE)


def test_what_is_claimed_during_a_question_is_asked_for_itself() -> None:
    asked = UnverifiedRemoval().raised(NOW, NOW).asking(NOW)
    leased_again = asked.raised(NOW + timedelta(seconds=1), NOW + timedelta(seconds=1))
    assert leased_again.answered(asked).due(NOW + PAUSE)
    assert not asked.answered(asked).due(LATER)


def test_a_new_authorization_is_not_doubted_but_the_pause_goes_on() -> None:
    one = connection().with_reported_removal(provider_account().account_id, LATER, now=LATER)
    again = one.with_unverified_removal(one.unverified_removal.asking(LATER)).reconnected(
        provider_account(), token_set(2), now=LATER
    )
    assert again.unverified_removal == UnverifiedRemoval(None, LATER + PAUSE)
