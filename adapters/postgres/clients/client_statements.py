"""The statements on the clients table, compiled once per combination."""

from functools import cache

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.sql.elements import KeyedColumnElement

from adapters.postgres.like_patterns import folded
from adapters.postgres.schema.client_tables import clients
from adapters.postgres.schema.metadata import KEY, TEXT, UUID_, UUIDS
from domain.language import Language

c = clients.c
_here = c.organization_id == bindparam("organization_id")
_these = c.id == func.any(bindparam("ids", type_=UUIDS))
SORTED: dict[Language, KeyedColumnElement[str]] = {Language.ENGLISH: c.sort_en, Language.SLOVENE: c.sort_sl}

ADD = insert(clients)
REACHED = select(exists(select(c.id).where(_here, c.erased_at.is_(None)).offset(bindparam("others"))))
# The same lock as a booking's foreign key takes: it waits for an erasure that is under way.
KNOWN = select(clients).where(_here, _these, c.erased_at.is_(None)).with_for_update(read=True, key_share=True)
NAMED = {language: select(clients).where(_here, _these).order_by(key, c.id) for language, key in SORTED.items()}
WITH_EMAIL = select(clients).where(_here, c.email == bindparam("email"), c.erased_at.is_(None)).order_by(c.id)
TO_CHANGE = select(clients).where(_here, _these).order_by(c.id).with_for_update()
SAVE = (
    update(clients)
    .where(c.organization_id == bindparam("here"), c.id == bindparam("this"))
    .values(
        {
            one.name: bindparam(one.name, type_=one.type)
            for one in clients.c
            if one.name not in ("organization_id", "id")
        }
    )
)
REMOVE = delete(clients).where(_here, c.id == bindparam("id"))

WITHOUT_KEYS = (
    select(clients).where(text("search_key IS NULL")).limit(bindparam("most")).with_for_update(skip_locked=True)
)
ADD_KEYS = (
    update(clients)
    .where(c.organization_id == bindparam("here"), c.id == bindparam("this"))
    .values({one.name: bindparam(one.name, type_=one.type) for one in (c.search_key, c.sort_en, c.sort_sl)})
)


@cache
def find(words: int, language: Language, archived: bool) -> Select[tuple[object, ...]]:
    """Best matches first. The patterns word_0, word_1 … match inside the key, begin_0 … at the start of a word."""
    spaced = literal(" ").concat(c.search_key)
    begun = and_(true(), *(spaced.like(bindparam(f"begin_{number}", type_=TEXT)) for number in range(words)))
    better = [case((begun, 0), else_=1)] if words else []
    return _meant(words, archived).order_by(*better, SORTED[language], c.id).limit(bindparam("most"))


@cache
def page(words: int, language: Language, archived: bool, after: bool) -> Select[tuple[object, ...]]:
    key = SORTED[language]
    beyond = func.row(key, c.id) > func.row(bindparam("after_key", type_=KEY), bindparam("after_id", type_=UUID_))
    meant = _meant(words, archived).order_by(key, c.id).limit(bindparam("most"))
    return meant.where(beyond) if after else meant


def _meant(words: int, archived: bool) -> Select[tuple[object, ...]]:
    kept = c.archived_at.is_not(None) if archived else c.archived_at.is_(None)
    return select(clients).where(_here, kept, c.erased_at.is_(None), *(_has(number) for number in range(words)))


def _has(number: int) -> ColumnElement[bool]:
    word = bindparam(f"word_{number}", type_=TEXT)
    plain = text(f"(search_key IS NULL AND {folded('name || chr(32) || email')} LIKE :word_{number})")
    return or_(c.search_key.like(word), plain)
