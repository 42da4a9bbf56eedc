"""LIKE patterns for search keys, and a search key in SQL for rows without a stored one."""

from domain.naming import search_words


def patterns(text: str) -> list[str]:
    """One LIKE pattern per word of the search text."""
    return [f"%{escaped(word)}%" for word in search_words(text)]


def escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


# The domain's search key, as close as PostgreSQL gets without a locale. Letters beyond A to Z that have no
# decomposition to a plain letter stay upper case.
def folded(expression: str) -> str:
    plain = f"normalize(translate({expression}, {_LEFT_OUT}, ''), NFKD)"
    return f"lower(translate(regexp_replace({plain}, {_MARKS}, '', 'g'), 'ĐđŁłØøı', 'ddllooi'))"


_LEFT_OUT = "E'''\\u2019\\u2018\\u02BC`\\u00B4'"
_MARKS = "E'[\\u0300-\\u036F]'"
