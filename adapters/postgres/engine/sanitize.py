"""Sanitizes text of other systems for PostgreSQL, which rejects NUL and unpaired surrogates."""


def storable(text: str) -> str:
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
