"""The violations that a program can find."""


class Violation(AssertionError):
    """A state that must never occur. `kind` is the column that counts it."""

    def __init__(self, kind: str, what: str) -> None:
        self.kind = kind
        super().__init__(f"{kind}: {what}")
