"""What is attacked: a served Calendra behind a proxy, with the attacker's practice and another one whose people want to
go on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from uuid import uuid4

from demo.practice import PASSWORD
from tests.browser import Browser
from tests.chaos.attacks.figures import Figure
from tests.joining import founded, join
from tests.real_processes import Service, service


@dataclass
class Target:
    """`people` are the addresses of the other practice; the first one is its admin."""

    service: Service
    people: list[str]
    admin: Browser

    @property
    def address(self) -> str:
        return self.service.address


@contextmanager
def target(database: str, folder: Path) -> Iterator[Target]:
    with service(database, folder, trusted_proxies="127.0.0.1,::1", account_requests_per_second="20") as running:
        running.serve()
        admin = founded(running, "Oak Practice")
        olga = running.browser(admin)
        people = [admin]
        for name in ("Peter", "Rok", "Sara"):
            people.append(f"{uuid4().hex[:8]}@example.net")
            join(olga, running.stranger(), name, people[-1], PASSWORD)
        yield Target(running, people, olga)


_WITHIN = 5.0  # seconds, or:
_TIMES = 10  # as long as before the attack


@dataclass
class SignIns:
    """Sign-ins of the other practice's people during an attack, in known browsers and in new ones."""

    target: Target
    refused: list[str] = field(default_factory=list)
    before: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    _known: dict[str, Browser] = field(default_factory=dict)

    def prepare(self) -> None:
        """Before the attack, each person signs in once in a browser that is known from then on."""
        for number, email in enumerate(self.target.people):
            began = monotonic()
            self._known[email] = self.target.service.stranger()
            assert self._attempt(self._known[email], email, f"203.0.113.{1 + number}") == ""
            self.before.append(monotonic() - began)

    def one_round(self, number: int) -> None:
        for place, email in enumerate(self.target.people):
            self._measure(self._known[email], email, f"203.0.113.{1 + place}")
        unknown = self.target.service.stranger()
        email = self.target.people[number % len(self.target.people)]
        self._measure(unknown, email, f"203.0.{114 + number // 250}.{1 + number % 250}")

    def figures(self, attack: str) -> list[Figure]:
        """How long a sign-in may take depends on how busy the machine is with other things."""
        within = max(_WITHIN, round(_TIMES * max(self.before), 1))
        return [
            Figure(attack, "sign-ins at another practice meanwhile", len(self.seconds), least=5),
            Figure(attack, " ".join(["of these refused", *sorted({*self.refused})]), len(self.refused), most=0),
            Figure(attack, "the longest of these, in seconds", round(max(self.seconds), 2), most=within, timed=True),
        ]

    def _measure(self, browser: Browser, email: str, network: str) -> None:
        began = monotonic()
        self.refused += filter(None, [self._attempt(browser, email, network)])
        self.seconds.append(monotonic() - began)

    def _attempt(self, browser: Browser, email: str, network: str) -> str:
        """The code of the refusal, empty when signed in."""
        credentials = {"email": email, "password": PASSWORD}
        forwarded = {"x-forwarded-for": network}
        answer = browser.api("POST", "/api/login", json=credentials, headers=forwarded)
        return "" if answer.is_success else str(answer.json()["code"])
