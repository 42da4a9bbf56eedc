"""The settings that the server starts with."""

from pathlib import Path

_ALWAYS = {
    "listen_addresses": "",  # reachable by its socket only
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "jit": "off",  # compiling costs more time than our short statements save
    "logging_collector": "off",
}

# For tests: a power cut may lose data in exchange for speed.
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "4GB",
}


def options(socket: Path, *, fast: bool) -> list[str]:
    settings = _ALWAYS | {"unix_socket_directories": str(socket)} | (_FAST if fast else {})
    return [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]
