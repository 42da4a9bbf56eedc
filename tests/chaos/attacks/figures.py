"""What an attack is measured by: a figure, and the bound within which it has to stay."""

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Figure:
    attack: str
    what: str
    value: float
    least: float = 0
    most: float = inf

    @property
    def held(self) -> bool:
        return self.least <= self.value <= self.most

    @property
    def bound(self) -> str:
        if self.least == self.most:
            return f"{self.most:g}"
        return f"at least {self.least:g}" if self.most == inf else f"at most {self.most:g}"
