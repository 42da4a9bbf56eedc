"""Passwords: hashes that are slow enough, not too slow for the machine, and compared without telling anything."""

import ast
import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, cast
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher as Argon2
from argon2 import Type, extract_parameters

from adapters.system.argon2_passwords import Argon2Passwords, recommended
from adapters.system.hashing_lane import AT_ONCE, MOST
from domain.accounts.errors import TooBusy
from domain.accounts.hashing_share import (
    OF_ACCOUNT,
    OF_NETWORK,
    OF_PRACTICE,
    HashingShare,
    of_account,
    of_link_holder,
    of_stranger,
)
from tests.in_memory_app import PASSWORD, PlainPasswords, in_memory_app
from tests.real_processes import ROOT
from tests.tally import tally

HERE, THERE, ANA, BOR = (UUID(int=number) for number in range(4))
HER = of_account(HERE, ANA)
STRANGER = of_stranger("192.0.2.1", HERE)
OLD = Argon2(time_cost=1, memory_cost=8, parallelism=1)


def test_the_parameters_are_those_that_are_recommended() -> None:
    """RFC 9106, section 4: at least its second option; OWASP's minimum is 19 MiB, two rounds, one lane."""
    chosen = extract_parameters(recommended().hash("a password"))
    assert (chosen.type, chosen.version) == (Type.ID, 19)
    assert chosen.memory_cost >= 65_536
    assert chosen.time_cost >= 3
    assert chosen.parallelism == 4
    assert (chosen.hash_len, chosen.salt_len) >= (32, 16)


def test_hashes_of_other_parameters_are_outdated() -> None:
    passwords = Argon2Passwords(OLD)
    assert Argon2Passwords().outdated(OLD.hash("a password"))
    assert not passwords.outdated(OLD.hash("a password"))


async def test_a_stranger_who_is_nobody_costs_as_much_as_a_wrong_password() -> None:
    """The same function with the same parameters, once each."""
    asked = []

    class Watched(Argon2):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - the library's name
            asked.append(extract_parameters(str(hash)))
            return super().verify(hash, password)

    passwords = Argon2Passwords(Watched(time_cost=1, memory_cost=8, parallelism=1))
    kept = await passwords.hash("a password", HER)
    assert not await passwords.matches("wrong", kept, STRANGER)
    assert not await passwords.matches("wrong", None, STRANGER)
    assert not await passwords.matches("the password of nobody", None, STRANGER)
    assert asked == [extract_parameters(kept)] * 3


def _from(number: int) -> HashingShare:
    """A stranger of a network of their own, at an address that nobody has."""
    return of_stranger(f"198.51.{number // 250}.{1 + number % 250}", None)


class Slow(Argon2):
    """Waits until it may go on, and knows how many are at work at once."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.go_on = threading.Event()
        self.go_on.set()
        self.at_work = self.most = 0
        self._count = threading.Lock()

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - the library's name
        with self._count:
            self.at_work += 1
            self.most = max(self.most, self.at_work)
        self.go_on.wait(30)
        with self._count:
            self.at_work -= 1
        return super().verify(hash, password)


@pytest.fixture
def slow() -> Iterator[Slow]:
    slow = Slow()
    yield slow
    slow.go_on.set()


async def _at_work(slow: Slow, wanted: int) -> None:
    ends = time.monotonic() + 10
    while slow.at_work != wanted:
        assert time.monotonic() < ends, f"{slow.at_work} at work"
        await asyncio.sleep(0.005)


async def test_a_crowd_of_strangers_takes_a_bounded_part_of_the_machine(slow: Slow) -> None:
    passwords = Argon2Passwords(slow)
    kept = await passwords.hash("a password", HER)
    slow.go_on.clear()
    crowd = [asyncio.create_task(passwords.matches("wrong", kept, _from(number))) for number in range(200)]
    await _at_work(slow, AT_ONCE)
    refused = [one for one in crowd if one.done() and isinstance(one.exception(), TooBusy)]
    assert len(refused) == 200 - MOST, "those who find no room are told so at once"
    slow.go_on.set()
    answers = await asyncio.gather(*crowd, return_exceptions=True)
    assert answers.count(False) == MOST
    assert slow.most == AT_ONCE
    assert await passwords.matches("a password", kept, STRANGER), "there is room again"


async def test_strangers_do_not_take_the_room_of_known_browsers(slow: Slow) -> None:
    passwords = Argon2Passwords(slow)
    kept = await passwords.hash("a password", HER)
    slow.go_on.clear()
    crowd = [asyncio.create_task(passwords.matches("wrong", kept, _from(number))) for number in range(200)]
    await _at_work(slow, AT_ONCE)
    her = asyncio.create_task(passwords.matches("a password", kept, HER))
    await _at_work(slow, AT_ONCE + 1)
    set_anew = await asyncio.wait_for(passwords.hash("another", of_account(THERE, BOR)), 10)
    slow.go_on.set()
    logged_in = await her
    answers = await asyncio.gather(*crowd, return_exceptions=True)
    counts = {"tries": 200, "refused": 200 - answers.count(True), "let_in": answers.count(True)}
    tally("Sign-in", "a crowd at the door", **counts, locked_out=int(not logged_in))
    assert logged_in
    assert set_anew


async def test_work_whose_asker_went_away_is_still_bounded(slow: Slow) -> None:
    passwords = Argon2Passwords(slow)
    kept = await passwords.hash("a password", HER)
    slow.go_on.clear()
    for _ in range(10):
        gone = [asyncio.create_task(passwords.matches("wrong", kept, _from(number))) for number in range(20)]
        await asyncio.sleep(0.01)
        for one in gone:
            one.cancel()
        await asyncio.gather(*gone, return_exceptions=True)
    assert slow.at_work <= AT_ONCE
    slow.go_on.set()
    assert await passwords.matches("a password", kept, STRANGER)


async def _wrong_ones(passwords: Argon2Passwords, kept: str, shares: list[HashingShare]) -> list[asyncio.Task[bool]]:
    """Runs until each has a place or is refused."""
    crowd = [asyncio.create_task(passwords.matches("wrong", kept, one)) for one in shares]
    for _ in range(5):
        await asyncio.sleep(0)
    return crowd


def _refused(crowd: list[asyncio.Task[bool]]) -> int:
    return sum(one.done() and isinstance(one.exception(), TooBusy) for one in crowd)


@pytest.mark.parametrize(
    ("shares", "most"),
    [
        ([HER] * 100, OF_ACCOUNT),
        ([of_account(HERE, uuid4()) for _ in range(100)], OF_PRACTICE),
        ([of_link_holder(HERE, f"192.0.2.{number}") for number in range(100)], OF_PRACTICE),
        ([of_stranger("192.0.2.1", None)] * 100, OF_NETWORK),
        ([of_stranger("192.0.2.1", HERE)] * 100, OF_NETWORK),
        ([of_stranger(f"192.0.2.{number}", HERE) for number in range(100)], OF_PRACTICE),
        ([of_stranger(f"2001:db8:1:{number:x}::/64", None) for number in range(100)], 15),
        ([of_stranger(f"2001:db8:1:{number:x}00::/64", None) for number in range(100)], 20),
    ],
    ids=["account", "practice", "links", "network", "network at a practice", "strangers at a practice", "/56", "/48"],
)
async def test_nobody_has_more_than_their_share(slow: Slow, shares: list[HashingShare], most: int) -> None:
    passwords = Argon2Passwords(slow)
    kept = await passwords.hash("a password", HER)
    slow.go_on.clear()
    crowd = await _wrong_ones(passwords, kept, shares)
    assert _refused(crowd) == len(shares) - most
    slow.go_on.set()
    answers = await asyncio.gather(*crowd, return_exceptions=True)
    assert answers.count(False) == most
    assert await passwords.matches("a password", kept, shares[0]), "there is room again"


@pytest.mark.parametrize(
    ("attackers", "other"),
    [
        ([of_account(HERE, uuid4()) for _ in range(20)], of_account(THERE, BOR)),
        ([of_stranger(f"2001:db8:1:{number:x}00::/64", None) for number in range(20)], of_stranger("192.0.2.1", HERE)),
    ],
    ids=["a practice", "a /48"],
)
async def test_turns_alternate(slow: Slow, attackers: list[HashingShare], other: HashingShare) -> None:
    """One place is left while the attackers use the other, and who comes last does not wait for all of them."""
    passwords = Argon2Passwords(slow)
    kept = await passwords.hash("a password", HER)
    slow.go_on.clear()
    crowd = await _wrong_ones(passwords, kept, attackers)
    await _at_work(slow, 1)
    alone = asyncio.create_task(passwords.matches("a password", kept, other))
    await _at_work(slow, 2)
    slow.go_on.set()
    assert await alone
    assert sum(one.done() for one in crowd) <= 3
    await asyncio.gather(*crowd)


async def test_two_full_turns_let_a_third_one_in_between(slow: Slow) -> None:
    passwords = Argon2Passwords(slow)
    kept = await passwords.hash("a password", HER)
    slow.go_on.clear()
    third = UUID(int=9)
    crowd = await _wrong_ones(passwords, kept, [of_account(one, uuid4()) for one in (HERE, THERE) for _ in range(20)])
    alone = asyncio.create_task(passwords.matches("a password", kept, of_account(third, BOR)))
    await asyncio.sleep(0)
    slow.go_on.set()
    assert await alone
    assert sum(one.done() for one in crowd) <= 6
    await asyncio.gather(*crowd)


async def test_a_practice_does_not_change_when_a_stranger_has_a_turn(slow: Slow) -> None:
    """Else the time of a response would tell whether the address has an account."""
    for here in (HERE, None):
        assert of_stranger("192.0.2.1", here).turn == of_stranger("192.0.2.1", THERE).turn


async def test_a_crowd_is_a_problem_that_says_when_to_come_back() -> None:
    async with in_memory_app() as running:
        _, ana = await running.found("Practice", "Ana")
        passwords = cast(PlainPasswords, running.container.passwords())
        passwords.full = True
        asked = {"email": ana.email, "password": PASSWORD}
        refused = [await running.api("POST", "/api/login", json=asked) for _ in range(8)]
        passwords.full = False
        await running.log_in(ana)
    assert {(one.status_code, one.json()["code"], one.headers["retry-after"]) for one in refused} == {
        (503, "too_busy", "5")
    }


async def test_a_hash_by_older_parameters_is_made_anew_at_the_next_sign_in() -> None:
    async with in_memory_app() as running:
        _, ana = await running.found("Practice", "Ana")
        async with running.container.begin()() as work:
            await work.people.set_password(ana, f"older {PASSWORD}")
            await work.commit()
        wrong = await running.api("POST", "/api/login", json={"email": ana.email, "password": "wrong"})
        assert (wrong.status_code, await _hash_of(running, ana.email)) == (401, f"older {PASSWORD}")
        await running.log_in(ana)
        assert await _hash_of(running, ana.email) == f"plain {PASSWORD}"
        await running.log_in(ana)


async def _hash_of(running: object, email: str) -> str:
    async with running.container.begin()() as work:  # type: ignore[attr-defined]
        found = await work.people.account_by_email(email)
    return str(found[1])


def test_the_stand_in_is_slow_at_nothing() -> None:
    """It plays the parts that these tests ask for."""
    assert PlainPasswords().outdated("older x")
    assert not PlainPasswords().outdated("plain x")


# --- comparisons -----------------------------------------------------------------------------------------------------

_SECRET = ("token", "secret", "password", "hash", "signature", "state", "verifier", "challenge", "csrf", "digest")
# Names that look like secrets and are none: the number of a lease, a kind, a stand-in for another service.
_NO_SECRETS = {
    "domain/booking/booking.py: self.lease.token != lease.token": "who leased a booking; nobody sends it",
    "domain/booking/booking.py: self.lease.token != by.token": "the same",
    "application/refresh_tokens.py: connection.lease.token == lease.token": "the same for a refresh",
    "domain/connection/token_set.py: rejected.token == self.access_token": "two of our own",
    "application/refresh_tokens.py: connection.token_set.access_token == old.access_token": "the same",
    "application/refresh_tokens.py: connection.token_set.access_token == access.token": "the same",
    "application/accounts/invite_colleague.py: found.token_hash != secret.hash": "the hash of a secret that we derived",
    "adapters/in_memory/accounts/joining.py: one.token_hash == token_hash": "a lookup by the hash, in memory",
    "adapters/in_memory/accounts/joining.py: found.token_hash == token_hash": "the same",
    "adapters/in_memory/accounts/login_sessions.py: key[:2] == (organization_id, token_hash)": "a lookup, in memory",
    "adapters/in_memory/provider/provider_world.py: token in (token_set.access_token, token_set.refresh_token)": "same",
    "adapters/in_memory/accounts/people.py: stored.password_hash == _VOID": "whether there is a password",
    "adapters/postgres/accounts/people.py: _a.password_hash != _VOID": "the same",
    "entrypoints/weak_secrets.py: secret in _PUBLISHED": "the operator's own setting, at the start",
}
_FOLDERS = ("domain", "application", "adapters", "entrypoints", "demo")


def test_secrets_are_compared_in_constant_time_or_looked_up_by_their_hash() -> None:
    found = {one for folder in _FOLDERS for file in (ROOT / folder).rglob("*.py") for one in _comparisons(file)}
    wrong = {one for one in found if one not in _NO_SECRETS}
    tally("Sign-in", "comparisons of secrets", tries=len(found), refused=len(found) - len(wrong), let_in=len(wrong))
    assert wrong == set()
    assert set(_NO_SECRETS) <= found, "an exception that is no longer needed"


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ("if given == expected_signature: pass", True),
        ("ok = self._csrf_token != token", True),
        ("if state in (stored.state, 'x'): pass", True),
        ("hmac.compare_digest(given, expected)", False),
        ("if answer.status == 401: pass", False),
        ("if kind == 'refresh_token': pass", False),
        ("if token is None: pass", False),
        ("if len(token) == 43: pass", False),
    ],
)
def test_such_a_comparison_would_be_found(tmp_path: Path, *, line: str, caught: bool) -> None:
    file = tmp_path / "sample.py"
    file.write_text(line)
    assert bool([*_comparisons(file, tmp_path)]) is caught


def _comparisons(file: Path, root: Path = ROOT) -> Iterator[str]:
    if "sandbox" in file.parts or "node_modules" in file.parts:
        return  # the stand-in for the provider has no secrets of Calendra
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Compare) and any(isinstance(one, ast.Eq | ast.NotEq | ast.In) for one in node.ops):
            sides = [node.left, *node.comparators]
            if any(map(_secret, sides)) and not any(map(_harmless, sides)):
                yield f"{file.relative_to(root)}: {ast.unparse(node)}"


def _secret(node: ast.expr) -> bool:
    """By the last word of its name, or of a name in a tuple."""
    if isinstance(node, ast.Tuple):
        return any(map(_secret, node.elts))
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name.lower().rpartition("_")[2] in _SECRET


def _harmless(node: ast.expr) -> bool:
    """A word of ours, or a column in a statement, where the database looks it up."""
    literal = isinstance(node, ast.Constant) and node.value not in ("",)
    return literal or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "bindparam")
