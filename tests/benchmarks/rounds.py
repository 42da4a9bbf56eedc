"""The service and its references in turns, so that a busy moment of the machine meets all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Rates:
    """Each list has one rate a round, in requests a second."""

    service: list[float]
    raw: list[float]
    pgbench: list[float]

    @property
    def to_raw(self) -> float:
        """The median of the ratios within each round."""
        return median(own / other for own, other in zip(self.service, self.raw, strict=True))

    @property
    def to_pgbench(self) -> float | None:
        pairs = zip(self.service, self.pgbench, strict=False)
        return median(own / other for own, other in pairs) if self.pgbench else None


Measure = Callable[[], float]


def in_turns(rounds: int, service: Measure, raw: Measure, pgbench: Measure | None) -> Rates:
    """Who goes first alternates. The first round of all warms up and does not count."""
    rates = Rates([], [], [])
    for number in range(rounds + 1):
        turns = [(service, rates.service), (raw, rates.raw)]
        if pgbench:
            turns.append((pgbench, rates.pgbench))
        for measure, found in turns if number % 2 else reversed(turns):
            rate = measure()
            if number:
                found.append(rate)
    return rates
