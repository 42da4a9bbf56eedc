"""Tables, columns and stored words have the field's names.

The release before cannot run on the new names: stop it before this migration.
"""

from collections.abc import Callable

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES = {
    "attempts": "authorization_requests",
    "sign_in_addresses": "login_addresses",
    "sign_ins": "login_sessions",
    "password_tries": "login_attempts",
    "histories": "audit_log",
    "seen_notices": "processed_events",
}
# By the new names of the tables.
COLUMNS = {
    "bookings": {"settlement": "reconciliation", "claim_token": "lease_token", "claim_until": "lease_until"},
    "connections": {
        "standing": "status",
        "trouble": "refresh_failure",
        "claim_token": "lease_token",
        "claim_until": "lease_until",
        "disconnect_tries": "disconnect_attempts",
        "tidy_at": "sweep_at",
        "tidied": "sweep",
        "doubted_at": "removal_reported_at",
    },
    "authorization_requests": {"session_id": "login_id"},
    "login_attempts": {"place": "key"},
    "rate_limits": {"place": "key", "turn_at": "reserved_at"},
    "processed_events": {"identity": "deduplication_key", "seen_at": "processed_at"},
}
CONSTRAINTS = {"bookings": {"bookings_claim_check": "bookings_lease_check"}}
INDEXES = {"connections_doubtful": "connections_with_unverified_removals"}
KEYS = {
    ("bookings", "reconciliation"): {
        "leftovers": "pending_removals",
        "trouble": "sync_failure",
        "health": "verification",
        "heard_at": "verified_at",
        "doubted_at": "stale_at",
        "tries": "attempts",
    },
    ("bookings", "meeting"): {"standing": "status", "checked_at": "verified_at"},
    ("connections", "sweep"): {"strays": "orphans"},
    ("receipts", "erased"): {"attempts": "authorization_requests"},
}
WORDS = {
    "action": {"look": "find", "check": "verify", "stray_removed": "orphan_removed"},
    "reason": {"stray": "orphaned", "notice": "webhook_event"},
}
# Constraints and indexes begin with the name of their table.
_RENAME_WITH_TABLE = """
DO $$
DECLARE
    it record;
BEGIN
    FOR it IN SELECT conname AS name FROM pg_constraint
        WHERE conrelid = '{new}'::regclass AND starts_with(conname, '{old}_')
    LOOP
        EXECUTE format('ALTER TABLE {new} RENAME CONSTRAINT %I TO %I', it.name, '{new}' || substr(it.name, {cut}));
    END LOOP;
    FOR it IN SELECT indexname AS name FROM pg_indexes WHERE tablename = '{new}' AND starts_with(indexname, '{old}_')
    LOOP
        EXECUTE format('ALTER INDEX %I RENAME TO %I', it.name, '{new}' || substr(it.name, {cut}));
    END LOOP;
END $$
"""
# These tell the processes that what they remember of an account's logins is no longer true.
_ANNOUNCERS = """
CREATE OR REPLACE FUNCTION announce_login() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{channel}', json_build_array(OLD.organization_id, OLD.account_id)::text);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION announce_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{channel}', json_build_array(OLD.organization_id, OLD.id)::text);
    RETURN NULL;
END $$;
"""


def upgrade() -> None:
    for old, new in TABLES.items():
        _rename_table(old, new)
    _rename_parts(lambda old, new: (old, new))
    op.execute("ALTER TRIGGER sign_ins_changed ON login_sessions RENAME TO login_sessions_changed")
    op.execute("ALTER FUNCTION announce_sign_in() RENAME TO announce_login")
    op.execute(_ANNOUNCERS.format(channel="calendra_logins"))
    _rename_stored(lambda names: names)


def downgrade() -> None:
    _rename_stored(_swapped)
    op.execute(_ANNOUNCERS.format(channel="calendra_sign_ins"))
    op.execute("ALTER FUNCTION announce_login() RENAME TO announce_sign_in")
    op.execute("ALTER TRIGGER login_sessions_changed ON login_sessions RENAME TO sign_ins_changed")
    _rename_parts(lambda old, new: (new, old))
    for old, new in TABLES.items():
        _rename_table(new, old)


def _swapped(names: dict[str, str]) -> dict[str, str]:
    return {new: old for old, new in names.items()}


def _rename_table(old: str, new: str) -> None:
    op.rename_table(old, new)
    op.execute(_RENAME_WITH_TABLE.format(old=old, new=new, cut=len(old) + 1))


def _rename_parts(order: Callable[[str, str], tuple[str, str]]) -> None:
    """Columns, constraints and indexes; `order` says from which name to which."""
    for table, names in ((t, order(c, n)) for t, columns in COLUMNS.items() for c, n in columns.items()):
        op.alter_column(table, names[0], new_column_name=names[1])
    for table, names in ((t, order(o, n)) for t, constraints in CONSTRAINTS.items() for o, n in constraints.items()):
        op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {names[0]} TO {names[1]}")
    for names in (order(old, new) for old, new in INDEXES.items()):
        op.execute(f"ALTER INDEX {names[0]} RENAME TO {names[1]}")


def _rename_stored(order: Callable[[dict[str, str]], dict[str, str]]) -> None:
    for (table, column), keys in KEYS.items():
        _rename_keys(table, column, order(keys))
    for column, words in WORDS.items():
        _rename_words(column, order(words))


def _rename_keys(table: str, column: str, keys: dict[str, str]) -> None:
    """At every depth. Inside a text a quotation mark has a backslash before it, so no text is taken for a key."""
    text = f"{column}::text"
    for old, new in keys.items():
        text = f"""replace({text}, '"{old}": ', '"{new}": ')"""
    op.execute(f"UPDATE {table} SET {column} = ({text})::jsonb WHERE {column} IS NOT NULL")  # noqa: S608


def _rename_words(column: str, words: dict[str, str]) -> None:
    for old, new in words.items():
        op.execute(f"UPDATE audit_log SET {column} = '{new}' WHERE {column} = '{old}'")  # noqa: S608
