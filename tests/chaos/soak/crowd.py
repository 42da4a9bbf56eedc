"""Who works during a round: admins, consultants, and consultants who come and go at the provider."""

import threading
from collections import Counter
from dataclasses import dataclass

from tests.chaos.soak.chance import chance_of
from tests.chaos.soak.chaos import Chaos, Mischief
from tests.chaos.soak.person import Person, Practice
from tests.chaos.soak.site import Site
from tests.chaos.soak.wanderer import Wanderer
from tests.real_processes import ADMIN, BORIS, CVETA

_ENDS_WITHIN = 150.0


@dataclass
class Crowd:
    site: Site
    seed: int
    staff: int
    admins: int

    def __post_init__(self) -> None:
        site = self.site
        self.admin = site.admin
        hired = site.hire(self.staff)
        consultants = self.admin.api("GET", "/api/consultants").raise_for_status().json()
        ids = {one["email"]: one["id"] for one in consultants}
        self.emails = {one["id"]: one["email"] for one in consultants}
        wandering = [BORIS, CVETA, *(one.email for one in hired[: self.staff // 4])]
        reconciled = [one.email for one in hired if one.email not in wandering]
        clients = site.clients
        self.practice = Practice([ids[email] for email in reconciled + wandering], clients, self.seed)
        self.wanderers = [self._wanderer(email, ids[email], clients) for email in wandering]
        everybody = [self._person(f"admin{number}", ADMIN, self.practice) for number in range(self.admins)]
        everybody += [
            self._person(f"consultant{number}", email, Practice([ids[email]], clients, self.seed))
            for number, email in enumerate(reconciled[:2])
        ]
        self.everybody: list[Person] = [*everybody, *self.wanderers]
        self.mischief = Mischief(site, self.seed, reconciled + wandering, wandering)
        for one in self.wanderers:
            assert one.connect(), f"{one.email} cannot connect"

    def _person(self, name: str, email: str, practice: Practice) -> Person:
        browser = self.site.running.browser(email)
        chance = chance_of(self.seed, name)
        return Person(
            name=name,
            browser=browser,
            addresses=self.site.addresses,
            practice=practice,
            chance=chance,
            admin=email == ADMIN,
        )

    def _wanderer(self, email: str, consultant_id: str, clients: list[str]) -> Wanderer:
        name = email.partition("@")[0].partition(".")[0]
        return Wanderer(
            name=name,
            browser=self.site.running.browser(email),
            addresses=self.site.addresses,
            practice=Practice([consultant_id], clients, self.seed),
            chance=chance_of(self.seed, name),
            admin=False,
            id=consultant_id,
            email=email,
            zoom=self.site.zoom,
        )

    def visitor(self, email: str, consultant_id: str) -> Wanderer:
        """A consultant who only connects again."""
        return self._wanderer(email, consultant_id, self.practice.client_ids)

    def work(self, chaos: Chaos) -> None:
        """All at once, while processes are killed; everything runs again when this returns."""
        stop, failed = threading.Event(), chaos.failed

        def run(work: object) -> None:
            try:
                work(stop)  # type: ignore[operator]  # a bound method of one of two classes
            except BaseException as error:  # noqa: BLE001 - told to the test, which fails by it
                failed.append(error)

        working = [*(one.work for one in self.everybody), self.mischief.work]
        threads = [threading.Thread(target=run, args=(work,), daemon=True) for work in working]
        for thread in threads:
            thread.start()
        chaos.run()
        stop.set()
        for thread in threads:
            thread.join(_ENDS_WITHIN)
        assert not any(thread.is_alive() for thread in threads), "somebody hangs"
        if failed:
            raise failed[0]

    @property
    def counts(self) -> Counter[str]:
        return sum((one.counts for one in self.everybody), Counter[str]())
