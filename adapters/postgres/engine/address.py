"""A database address as libpq takes it, and the connection parameters that Calendra relies on."""

from ipaddress import ip_address
from typing import Any

from psycopg import ProgrammingError, pq
from psycopg.conninfo import conninfo_to_dict

_SQLALCHEMY_SCHEME = "postgresql+psycopg://"
# The client detects a vanished server within 15 seconds, or within 25 on an idle connection. The last value, in
# milliseconds, limits how long sent data may stay unacknowledged.
_DEFAULTS = {
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
# PostgreSQL cancels a statement that takes longer, waits for locks included. It ends the session of a process that
# holds a transaction open without using it.
_ENCRYPTED = ("require", "verify-ca", "verify-full")
_LIMITS = "-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"


def parameters(address: str, application: str) -> dict[str, Any]:
    """For psycopg.connect. Instants travel in UTC. Otherwise, values in the address take precedence."""
    given = conninfo_to_dict(address.replace(_SQLALCHEMY_SCHEME, "postgresql://", 1))
    options = f"{given.pop('options', None) or ''} -c timezone=UTC".strip()
    return {"application_name": application, **_DEFAULTS, **given, "options": options}


def limited_parameters(address: str, application: str) -> dict[str, Any]:
    """For connections of requests and of the worker, whose statements are short. Migrations run longer
    ones."""
    known = parameters(address, application)
    return {**known, "options": f"{_LIMITS} {known['options']}"}


def hosts_without_tls(address: str) -> list[str]:
    """The other machines of the address that libpq may reach without TLS. Variables of libpq, for example PGSSLMODE,
    count where the address says nothing. Raises ValueError if libpq cannot read the address."""
    try:
        given = conninfo_to_dict(address)
    except ProgrammingError:
        raise ValueError("libpq cannot read the address") from None  # its message may quote the password
    known = {one.keyword.decode(): (one.val or b"").decode() for one in pq.Conninfo.get_defaults()}
    known |= {name: str(value) for name, value in given.items()}
    if known["sslmode"] in _ENCRYPTED:
        return []
    return [host for host in (known["hostaddr"] or known["host"]).split(",") if host and not _on_this_machine(host)]


def _on_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.startswith(("/", "@"))  # a socket
