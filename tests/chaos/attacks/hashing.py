"""Attacks on the capacity to hash passwords."""

from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic
from uuid import uuid4

from demo.practice import PASSWORD
from tests.browser import Browser
from tests.chaos.attacks.crowd import Request, crowd
from tests.chaos.attacks.figures import Figure
from tests.chaos.attacks.target import SignIns, Target
from tests.real_processes import ADMIN

_BROWSERS = 4


def an_admin_with_the_right_password(target: Target, seconds: float) -> Iterator[Figure]:
    """From several browsers at once: confirms the password, changes it to itself, and invites."""
    name = "an admin hashes without a pause"
    sign_ins = SignIns(target)
    sign_ins.prepare()
    browsers = [target.service.browser(ADMIN) for _ in range(_BROWSERS)]
    with ExitStack() as parts:
        confirming = [parts.enter_context(crowd(target.address, 15, _confirm, one)) for one in browsers]
        parts.enter_context(crowd(target.address, 2, _invite, browsers[0]))
        changing = target.service.browser(ADMIN)
        _until(seconds, sign_ins, lambda: _change(changing))
    statuses = sum((one.statuses for one in confirming), start=type(confirming[0].statuses)())
    yield Figure(name, "requests of the attacker", statuses.total(), least=20)
    yield Figure(name, "of these refused for now", statuses[503], least=1)
    yield from sign_ins.figures(name)


def a_flood_of_unknown_addresses(target: Target, seconds: float) -> Iterator[Figure]:
    """From one IPv4 address, and from a /48 that takes another /64 for each attempt."""
    name = "unknown addresses from one IPv4 network and a /48"
    sign_ins = SignIns(target)
    sign_ins.prepare()
    with (
        crowd(target.address, 20, lambda _: _guess("192.0.2.66")) as narrow,
        crowd(target.address, 20, lambda number: _guess(f"2001:db8:66:{number % 65_536:x}::1")) as wide,
    ):
        began = monotonic()
        _until(seconds, sign_ins)
    took = monotonic() - began
    yield Figure(name, "attempts", narrow.statuses.total() + wide.statuses.total(), least=40)
    yield Figure(name, "hashed for the IPv4 network", narrow.statuses[401], most=50 + 1 + took // 6)
    yield Figure(name, "hashed for the /48", wide.statuses[401], most=200 + 1 + 4 * took // 6)
    yield from sign_ins.figures(name)


def _until(seconds: float, sign_ins: SignIns, between: object = None) -> None:
    ends, number = monotonic() + seconds, 0
    while monotonic() < ends:
        sign_ins.one_round(number)
        number += 1
        if callable(between):
            between()


def _confirm(_: int) -> Request:
    return Request("POST", "/api/login/confirmation", json={"password": PASSWORD})


def _invite(_: int) -> Request:
    form = {"name": "Guest", "email": f"{uuid4().hex[:12]}@example.com", "roles": ["consultant"]}
    return Request("POST", "/api/invitations", json=form)


def _change(browser: Browser) -> None:
    """The new password is refused or set; either way the old one was checked."""
    browser.api("PUT", "/api/me/password", json={"old": "not the password", "new": "a new password for the attack"})


def _guess(network: str) -> Request:
    credentials = {"email": f"{uuid4().hex}@example.org", "password": "a password that somebody tries"}
    return Request("POST", "/api/login", headers={"x-forwarded-for": network}, json=credentials)
