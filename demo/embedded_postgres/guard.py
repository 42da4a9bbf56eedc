"""A process between Calendra and the server that stops the server when Calendra ends, however Calendra ends.

The guard runs as a script of its own and imports the standard library only. It holds a pipe to the process that
started it. The pipe closes when that process ends or wants the server stopped. A death signal would not do: the
system already sends it when the *thread* that started the child ends.

    python guard.py UID GID COMMAND...
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading

_PR_SET_PDEATHSIG = 1
_FAST_SHUTDOWN = signal.SIGINT
_IMMEDIATE_SHUTDOWN = signal.SIGQUIT
_PATIENCE = 20  # seconds that a fast shutdown gets before the immediate shutdown


def main() -> int:
    uid, gid, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    other_account = uid != os.geteuid()
    server: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - the command of the starting process
        command,
        stdin=subprocess.DEVNULL,
        close_fds=False,  # it may have inherited the descriptor of its folder
        preexec_fn=_end_with_guard if sys.platform == "linux" else None,
        user=uid if other_account else None,
        group=gid if other_account else None,
        extra_groups=[] if other_account else None,
    )
    threading.Thread(target=_stop_when_alone, args=(server,), daemon=True).start()
    return server.wait()


def _end_with_guard() -> None:
    # The last step before the server's program: a change of account would clear the signal.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _FAST_SHUTDOWN)


def _stop_when_alone(server: subprocess.Popen[bytes]) -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    server.send_signal(_FAST_SHUTDOWN)
    try:
        server.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        server.send_signal(_IMMEDIATE_SHUTDOWN)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(main())
