"""Reads and writes JSON columns with msgspec. The reader names the Struct."""

import msgspec


def written(value: object) -> str:
    return msgspec.json.encode(value).decode()


def unread(raw: str | bytes) -> str | bytes:
    """Stays text until a reader decodes it into its own Struct."""
    return raw
