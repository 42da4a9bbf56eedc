"""Deletes rows past their retention in batches: no transaction covers a whole table."""

from typing import Any

from sqlalchemy import Column, Delete, bindparam, delete, select

from adapters.postgres.schema.metadata import INSTANT


def remove_before(moment: Column[Any]) -> Delete:
    """Takes the parameters `moment` and `most`. The column must have an index."""
    table = moment.table
    key = list(table.primary_key)
    old = (
        select(*key)
        .where(moment < bindparam("moment", type_=INSTANT))
        .order_by(moment)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("old")
    )
    return delete(table).where(*(column == old.c[column.name] for column in key))
