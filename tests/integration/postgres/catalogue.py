"""The schema of a database from PostgreSQL's catalogue, to compare two of them."""

import psycopg

_SHAPE = """
SELECT 'column ' || table_name || '.' || column_name,
       concat_ws(' ', udt_name, is_nullable, column_default, is_identity, identity_generation)
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL
SELECT 'constraint ' || conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL
SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
"""
_OTHERS = """
SELECT 'trigger ' || tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT 'function ' || p.oid::regprocedure, prosrc
FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def shape(address: str) -> dict[str, str]:
    """Columns, constraints and indexes; not Alembic's own."""
    return {name: what for name, what in _rows(address, _SHAPE).items() if "alembic_version" not in name}


def announcers(address: str) -> dict[str, str]:
    """Triggers and functions."""
    return _rows(address, _OTHERS)


def _rows(address: str, question: str) -> dict[str, str]:
    with psycopg.connect(address) as connection:
        return dict(connection.execute(question.encode()).fetchall())
