"""The login throttle slows guessing and locks no person out."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address

import pytest

from domain.accounts.gcra import NO_WAIT, GcraState
from domain.accounts.login_throttle import (
    BY_ALL_STRANGERS_AT_ADDRESS,
    FIRST_WAIT,
    FROM_NETWORK,
    FROM_NETWORK_AT_ADDRESS,
    KNOWN_BROWSER,
    OLD_PASSWORD,
    WITH_LINK,
    LoginThrottle,
    of_known_browser,
    of_link_holder,
    of_logged_in,
    of_stranger,
)
from domain.accounts.network import network_of
from tests.builders import ANA, NOW

HER = "ana@example.com"
HOME = "192.0.2.7"


class Gate:
    """Stores the states as the repository does."""

    def __init__(self) -> None:
        self.states: dict[bytes, GcraState] = {}

    def acquire(self, who: LoginThrottle, *, now: datetime = NOW) -> timedelta:
        after, wait = who.remembering(self.states).acquire(now=now)
        self.states |= {one.key: one for one in after.states}
        return wait

    def refund(self, who: LoginThrottle) -> None:
        self.states |= {one.key: one for one in who.remembering(self.states).refunded().states}

    def attack(self, *, networks: int, each: int = 5, now: datetime = NOW) -> int:
        """How many of the attempts at her address were checked."""
        attackers = (of_stranger(HER, f"198.51.{number // 250}.{number % 250}") for number in range(networks))
        return sum(self.acquire(one, now=now) == NO_WAIT for one in attackers for _ in range(each))


@pytest.fixture
def gate() -> Gate:
    return Gate()


def test_a_few_mistakes_cost_nothing(gate: Gate) -> None:
    for _ in range(FROM_NETWORK_AT_ADDRESS.burst):
        assert gate.acquire(of_stranger(HER, HOME)) == NO_WAIT
    assert gate.acquire(of_stranger(HER, HOME)) == FROM_NETWORK_AT_ADDRESS.interval


def test_guessing_from_one_network_is_slow(gate: Gate) -> None:
    hour = (NOW + timedelta(seconds=second) for second in range(3600))
    let_in = sum(gate.acquire(of_stranger(HER, HOME), now=moment) == NO_WAIT for moment in hour)
    assert let_in <= FROM_NETWORK_AT_ADDRESS.burst + 3600 // 30


def test_guessing_at_many_addresses_from_one_network_is_slow(gate: Gate) -> None:
    tried = [gate.acquire(of_stranger(f"person{number}@example.com", HOME)) for number in range(1000)]
    assert tried.count(NO_WAIT) == FROM_NETWORK.burst
    assert max(tried) == FROM_NETWORK.interval


def test_a_known_browser_need_not_wait_for_ten_thousand_failures(gate: Gate) -> None:
    assert gate.attack(networks=2000) < 10_000
    assert gate.acquire(of_known_browser(ANA, b"her browser")) == NO_WAIT


def test_a_network_that_comes_new_waits_once_and_briefly_however_many_attack(gate: Gate) -> None:
    gate.attack(networks=2000)
    her = of_stranger(HER, HOME)
    assert gate.acquire(her) == FIRST_WAIT
    assert gate.acquire(her, now=NOW + FIRST_WAIT / 3) == FIRST_WAIT * 2 / 3
    gate.attack(networks=2000, now=NOW + FIRST_WAIT)
    assert gate.acquire(her, now=NOW + FIRST_WAIT) == NO_WAIT
    gate.refund(her)
    assert gate.acquire(her, now=NOW + FIRST_WAIT) == NO_WAIT


def test_while_an_address_is_attacked_new_networks_have_one_try(gate: Gate) -> None:
    first = BY_ALL_STRANGERS_AT_ADDRESS.burst // 5
    assert gate.attack(networks=first) == BY_ALL_STRANGERS_AT_ADDRESS.burst
    assert gate.attack(networks=300) == 0
    assert gate.attack(networks=300, now=NOW + FIRST_WAIT) == 300 - first


def test_an_address_is_left_in_peace_an_hour_after_the_last_attack(gate: Gate) -> None:
    gate.attack(networks=2000)
    later = NOW + BY_ALL_STRANGERS_AT_ADDRESS.longest
    assert gate.acquire(of_stranger(HER, HOME), now=later) == NO_WAIT


def test_others_at_the_same_network_are_not_held_back_by_the_tries_at_one_address(gate: Gate) -> None:
    for _ in range(10_000):
        gate.acquire(of_stranger(HER, HOME))
    assert gate.acquire(of_stranger("bor@example.com", HOME)) == NO_WAIT


def test_a_right_password_costs_nothing_and_forgives_nothing(gate: Gate) -> None:
    """Logging in to an own account between the guesses does not help an attacker."""
    mallory = of_stranger("mallory@example.com", HOME)
    guesses = 0
    for _ in range(400):
        assert gate.acquire(mallory) == NO_WAIT
        gate.refund(mallory)
        guesses += gate.acquire(of_stranger(HER, HOME)) == NO_WAIT
    assert guesses == FROM_NETWORK_AT_ADDRESS.burst


@pytest.mark.parametrize(
    ("who", "limit"), [(of_known_browser(ANA, b"stolen"), KNOWN_BROWSER), (of_logged_in(b"stolen"), OLD_PASSWORD)]
)
def test_known_browsers_and_the_signed_in_cannot_guess_freely_either(
    gate: Gate, who: LoginThrottle, limit: object
) -> None:
    waits = [gate.acquire(who) for _ in range(100)]
    assert waits.count(NO_WAIT) == getattr(limit, "burst")  # noqa: B009 - both have it
    assert max(waits) == timedelta(seconds=30)


def test_a_browser_is_known_for_one_person_only() -> None:
    assert of_known_browser(ANA, b"x").states != of_known_browser(NOBODY, b"x").states


NOBODY = ANA.__class__(int=7)


@pytest.mark.parametrize(("bits", "times"), [(56, 2), (48, 4)])
def test_a_subscriber_with_many_networks_counts_as_one(gate: Gate, bits: int, times: int) -> None:
    """Each attempt comes from another /64 of the same /56 or /48."""
    first = int(IPv6Address("2001:db8:7::"))
    spread = [str(IPv6Address(first | number << 64)) for number in range(0, 1 << 64 - bits, 1 << max(0, 56 - bits))]
    networks = [network_of(one) for one in spread]
    assert len(set(networks)) == 256
    at_one = [gate.acquire(of_stranger(HER, network)) for network in networks]
    assert at_one.count(NO_WAIT) == FROM_NETWORK_AT_ADDRESS.burst * times
    at_many = [gate.acquire(of_stranger(f"{network}@example.com", network)) for network in networks]
    assert at_many.count(NO_WAIT) == (FROM_NETWORK.burst - FROM_NETWORK_AT_ADDRESS.burst) * times
    with_links = [gate.acquire(of_link_holder(network)) for network in networks]
    assert with_links.count(NO_WAIT) == WITH_LINK.burst * times
    assert gate.acquire(of_stranger("bor@example.com", network_of("2001:db8:8::1"))) == NO_WAIT


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_a_network_is_what_one_person_has(address: str, network: str) -> None:
    assert network_of(address) == network


def test_what_is_no_address_has_no_network() -> None:
    with pytest.raises(ValueError, match="does not appear"):
        network_of("nowhere")
