"""Searching in texts that have no search key yet, and the patterns by which keys are searched."""

from domain.naming import search_words


def patterns(text: str) -> list[str]:
    """One for LIKE for each word that people typed."""
    return [f"%{escaped(word)}%" for word in search_words(text)]


def escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


# The domain's key as well as PostgreSQL can make it without knowing a locale: letters beyond A to Z that no
# decomposition leads back to plain ones stay capitals.
def folded(expression: str) -> str:
    plain = f"normalize(translate({expression}, {_LEFT_OUT}, ''), NFKD)"
    return f"lower(translate(regexp_replace({plain}, {_MARKS}, '', 'g'), 'ĐđŁłØøı', 'ddllooi'))"


_LEFT_OUT = "E'''\\u2019\\u2018\\u02BC`\\u00B4'"
_MARKS = "E'[\\u0300-\\u036F]'"
