"""What somebody who reads the database finds."""

import psycopg


def everything(address: str) -> list[str]:
    """Every row of every table, as text behind its table's name."""
    with psycopg.connect(address) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        each = (f"SELECT '{table} ' || t::text FROM {table} t" for (table,) in tables)  # noqa: S608 - the catalogue's own names
        return [row for (row,) in connection.execute(" UNION ALL ".join(each).encode()).fetchall()]
