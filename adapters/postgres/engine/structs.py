"""How JSON columns are written and read: by msgspec, with the Struct that the reader names."""

import msgspec


def written(value: object) -> str:
    return msgspec.json.encode(value).decode()


def unread(raw: str | bytes) -> str | bytes:
    """Left as text until a reader decodes it into its own Struct."""
    return raw
