"""A database address as libpq takes it, and the connection parameters that we rely on."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

_SQLALCHEMY_SCHEME = "postgresql+psycopg://"
# A peer that vanished without a word is noticed within half a minute.
_DEFAULTS = {"keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3", "connect_timeout": "10"}


def parameters(address: str, application: str) -> dict[str, Any]:
    """For psycopg.connect. Instants come and go in UTC; whatever the address says itself wins otherwise."""
    given = conninfo_to_dict(address.replace(_SQLALCHEMY_SCHEME, "postgresql://", 1))
    options = f"{given.pop('options', None) or ''} -c timezone=UTC".strip()
    return {"application_name": application, **_DEFAULTS, **given, "options": options}
