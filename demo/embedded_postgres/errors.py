"""The errors that keep the embedded server from running. Each message says what to do next."""

from pathlib import Path


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot be used."""


class BinariesMissing(EmbeddedPostgresError):
    """The machine has no PostgreSQL programs, or none that can open the existing data."""


class FolderInUse(EmbeddedPostgresError):
    """Another process holds the lock of the state folder."""

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(
            f"The folder {folder} is in use by {holder}. "
            "Stop that process first, or give this one a state folder of its own."
        )


class FolderUnusable(EmbeddedPostgresError):
    """The state folder, or a folder beside it, belongs to another account or is not writable."""


class ServerFailed(EmbeddedPostgresError):
    """PostgreSQL did not start or ended unexpectedly. The message contains the end of its log."""

    def __init__(self, what: str, log_end: str) -> None:
        super().__init__(f"{what}\n{log_end}".rstrip())
