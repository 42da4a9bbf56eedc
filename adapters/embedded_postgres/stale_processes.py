"""Processes and files of a server whose owner was killed, to be cleared before the next start."""

import time
from pathlib import Path

import psutil

_PATIENCE = 20.0


def clear_stale_processes(cluster: Path) -> None:
    """We hold the folder's lock, so whatever server still works in this cluster is ending or astray."""
    pid_file = cluster / "postmaster.pid"
    if not pid_file.exists():
        return
    processes = [process for process in psutil.process_iter() if _works_in(process, cluster)]
    for process in wait_until_gone(processes):
        process.kill()
    wait_until_gone(processes)
    # PostgreSQL would refuse to start if the number in it belonged to some other process by now,
    # as happens after a restart of the machine or of a container.
    pid_file.unlink(missing_ok=True)


def wait_until_gone(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that are still there when patience ends."""
    deadline = time.monotonic() + _PATIENCE
    while (alive := [process for process in processes if _is_alive(process)]) and time.monotonic() < deadline:
        time.sleep(0.01)
    return alive


def _is_alive(process: psutil.Process) -> bool:
    """In a container nobody may collect ended orphans: they stay on as zombies, which do nothing."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _works_in(process: psutil.Process, cluster: Path) -> bool:
    try:
        return process.name() == "postgres" and Path(process.cwd()) == cluster
    except psutil.Error:
        return False
