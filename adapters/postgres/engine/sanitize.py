"""Words of other systems, made fit for PostgreSQL: it takes neither NUL nor half of a surrogate pair."""


def storable(text: str) -> str:
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
