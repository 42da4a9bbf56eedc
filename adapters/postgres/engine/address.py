"""A database address as libpq takes it, and the connection parameters that we rely on."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

_SQLALCHEMY_SCHEME = "postgresql+psycopg://"
# A server that vanished is noticed within 15 seconds, or 25 where nothing was being sent. The last value,
# in milliseconds, is how long what was sent may stay unacknowledged.
_DEFAULTS = {
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
# PostgreSQL cancels a statement that takes longer, waiting for locks included, and ends the session of a process that
# holds a transaction open without using it.
_LIMITS = "-c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"


def parameters(address: str, application: str) -> dict[str, Any]:
    """For psycopg.connect. Instants come and go in UTC; whatever the address says itself wins otherwise."""
    given = conninfo_to_dict(address.replace(_SQLALCHEMY_SCHEME, "postgresql://", 1))
    options = f"{given.pop('options', None) or ''} -c timezone=UTC".strip()
    return {"application_name": application, **_DEFAULTS, **given, "options": options}


def limited_parameters(address: str, application: str) -> dict[str, Any]:
    """For connections of requests and the worker, whose statements are short; those of migrations and dumps are not."""
    known = parameters(address, application)
    return {**known, "options": f"{_LIMITS} {known['options']}"}
