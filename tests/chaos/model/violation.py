"""What a program may find."""


class Violation(AssertionError):
    """Something that must never be. `kind` is the column in which it is counted."""

    def __init__(self, kind: str, what: str) -> None:
        self.kind = kind
        super().__init__(f"{kind}: {what}")
