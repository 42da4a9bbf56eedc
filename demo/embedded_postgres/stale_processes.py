"""Removes processes and files of a server whose owner was killed, before the next start."""

import time
from pathlib import Path

import psutil

_PATIENCE = 20.0


def clear_stale_processes(cluster: Path) -> None:
    """We hold the folder's lock, so a server that still runs in this cluster is shutting down or has lost its owner."""
    pid_file = cluster / "postmaster.pid"
    if not pid_file.exists():
        return
    processes = [process for process in psutil.process_iter() if _works_in(process, cluster)]
    for process in wait_until_gone(processes):
        process.kill()
    wait_until_gone(processes)
    # PostgreSQL refuses to start if another process has the number in this file by now. That happens after a restart of
    # the machine or of a container.
    pid_file.unlink(missing_ok=True)


def wait_until_gone(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Returns the processes that still run when the time limit ends."""
    deadline = time.monotonic() + _PATIENCE
    while (alive := [process for process in processes if _is_alive(process)]) and time.monotonic() < deadline:
        time.sleep(0.01)
    return alive


def _is_alive(process: psutil.Process) -> bool:
    """In a container without an init process, ended orphans stay as zombies. A zombie does nothing."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _works_in(process: psutil.Process, cluster: Path) -> bool:
    try:
        return process.name() == "postgres" and Path(process.cwd()) == cluster
    except psutil.Error:
        return False
