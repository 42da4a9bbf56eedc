"""How many file descriptors clients may hold. The rest of RLIMIT_NOFILE stays free for the database, the providers and
files: a process that has none left can do nothing at all."""

import resource

_OTHERS = 64  # calls to providers, files, pipes and the listening socket
_LEAST = 16
_NO_LIMIT = 1 << 20


def left_for_clients(database_connections: int) -> int:
    """A pool each for transactions and reads, and one listening connection, belong to the database."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = _NO_LIMIT if soft == resource.RLIM_INFINITY else soft
    return max(limit - 2 * database_connections - 1 - _OTHERS, min(_LEAST, limit // 2))
