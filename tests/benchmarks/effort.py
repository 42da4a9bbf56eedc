"""How long the benchmark measures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """`most_saves` are the requests that are prepared for one round of saving: more than can be answered in it."""

    rounds: int
    seconds: float
    most_saves: int
    turns: int
    backlog: int
    smoke: bool = False


FULL = Effort(rounds=7, seconds=1.5, most_saves=2500, turns=6, backlog=1500)
SMOKE = Effort(rounds=1, seconds=0.1, most_saves=200, turns=1, backlog=6, smoke=True)
