"""What an attack is measured by: a figure, and the bound within which it has to stay."""

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Figure:
    """`timed`: how long something took. A busy machine takes longer, so only `make attacks` holds it to its bound."""

    attack: str
    what: str
    value: float
    least: float = 0
    most: float = inf
    timed: bool = False

    @property
    def held(self) -> bool:
        return self.least <= self.value <= self.most

    @property
    def bound(self) -> str:
        if self.least == self.most:
            return f"{self.most:g}"
        return f"at least {self.least:g}" if self.most == inf else f"at most {self.most:g}"
