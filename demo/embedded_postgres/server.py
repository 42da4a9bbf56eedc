"""The embedded server as the rest of Calendra uses it: takes a folder, gives an address."""

from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from demo.embedded_postgres.binaries import find_binaries
from demo.embedded_postgres.cluster import USER, Cluster
from demo.embedded_postgres.configuration import options
from demo.embedded_postgres.database import ensure_database
from demo.embedded_postgres.errors import FolderUnusable, ServerFailed
from demo.embedded_postgres.lock import FolderLock
from demo.embedded_postgres.process import ServerProcess
from demo.embedded_postgres.runtime import RuntimeFolder
from demo.embedded_postgres.stale_processes import clear_stale_processes

_DATABASE = "calendra"


class EmbeddedPostgres:
    """`with EmbeddedPostgres(folder) as postgres:` gives a running server that keeps its data in the folder.

    `fast` gives up safety in a power cut for speed; it is for tests. A stopped server can start again.
    """

    def __init__(self, state_folder: Path, fast: bool = False) -> None:
        self._state = state_folder.resolve()
        self._fast = fast
        self._cluster = Cluster(self._state)
        self._lock = FolderLock(self._state)
        self._runtime: RuntimeFolder | None = None
        self._process: ServerProcess | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def address(self) -> str:
        """For psycopg: `postgresql://user:password@/calendra?host=/socket/folder`."""
        return self.address_of(_DATABASE)

    @property
    def sqlalchemy_address(self) -> str:
        return self.address.replace("postgresql://", "postgresql+psycopg://", 1)

    def address_of(self, database: str) -> str:
        if self._runtime is None:
            raise ServerFailed("The embedded PostgreSQL is not running.", "")
        host = quote(str(self._runtime.socket), safe="/")
        return f"postgresql://{USER}:{self._cluster.password}@/{database}?host={host}"

    def start(self) -> None:
        try:
            self._state.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise FolderUnusable(f"The folder {self._state} cannot be made: {error.strerror}.") from error
        self._lock.acquire()
        try:
            self._process = self._launch()
            self._process.wait_until_ready()
            ensure_database(self.address_of("postgres"), _DATABASE)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Shuts the server down in order. Has no effect if the server does not run."""
        if self._process is not None:
            self._process.stop()
        self._clear_up()

    def kill(self) -> None:
        """Ends the server at once, without a shutdown. For tests of crash recovery."""
        if self._process is not None:
            self._process.kill()
        self._clear_up()

    def _launch(self) -> ServerProcess:
        clear_stale_processes(self._cluster.folder)
        account = self._cluster.account
        self._runtime = RuntimeFolder(self._state, account)
        self._runtime.open()
        binaries = find_binaries(self._cluster.major).usable_by(account, self._runtime.binaries)
        if not self._cluster.exists:
            self._cluster.create(binaries, self._runtime.socket, sync=not self._fast)
        folder = self._cluster.folder
        settings = options(self._runtime.socket, fast=self._fast)
        return ServerProcess(binaries.postgres, folder, settings, account, self._state / "postgres.log")

    def _clear_up(self) -> None:
        self._process = None
        if self._runtime is not None:
            self._runtime.close()
            self._runtime = None
        self._lock.release()
