"""What was killed and when, for the report of a failure and for the tables."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass
class Death:
    what: str
    died: datetime
    back: datetime | None = None

    def overlaps(self, begins: datetime, ends: datetime) -> bool:
        return self.died <= ends and (self.back is None or self.back >= begins)

    def __str__(self) -> str:
        until = f" until {self.back:%H:%M:%S.%f}" if self.back else ""
        return f"{self.died:%H:%M:%S.%f} {self.what}{until}"


@dataclass
class Deaths:
    all: list[Death] = field(default_factory=list)
    _writing: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        """From just before something ends until it works again."""
        death = Death(what, datetime.now(UTC))
        with self._writing:
            self.all.append(death)
        yield
        death.back = datetime.now(UTC)

    @property
    def counts(self) -> Counter[str]:
        return Counter(one.what for one in self.all)

    def near(self, moment: datetime, within: timedelta, *kinds: str) -> bool:
        return any(one.what in kinds and one.overlaps(moment - within, moment + within) for one in self.all)

    def __str__(self) -> str:
        return "\n".join(map(str, self.all))
