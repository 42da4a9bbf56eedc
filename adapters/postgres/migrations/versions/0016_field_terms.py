"""Tables, columns and stored words have the field's names.

The release before cannot run on the new names: stop it before this migration.
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TABLES = {
    "attempts": "authorization_requests",
    "sign_in_addresses": "login_addresses",
    "sign_ins": "login_sessions",
    "password_tries": "login_attempts",
    "histories": "audit_log",
    "seen_notices": "processed_events",
}
# By the new names of the tables.
_COLUMNS = {
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
_CONSTRAINTS = {"bookings": {"bookings_claim_check": "bookings_lease_check"}}
_INDEXES = {"connections_doubtful": "connections_with_unverified_removals"}
_KEYS = {
    ("bookings", "reconciliation"): {
        "leftovers": "pending_removals",
        "trouble": "sync_failure",
        "health": "verification",
        "heard_at": "verified_at",
        "doubted_at": "stale_at",
    },
    ("bookings", "meeting"): {"standing": "status", "checked_at": "verified_at"},
    ("connections", "sweep"): {"strays": "orphans"},
    ("receipts", "erased"): {"attempts": "authorization_requests"},
}
_WORDS = {
    "action": {"look": "find", "check": "verify", "stray_removed": "orphan_removed"},
    "reason": {"stray": "orphaned", "notice": "webhook_event"},
}
# Constraints and indexes begin with the name of their table.
_RENAME_WITH_TABLE = """
DO $$
DECLARE
    it record;
BEGIN
    FOR it IN SELECT conname FROM pg_constraint WHERE conrelid = '{new}'::regclass AND starts_with(conname, '{old}_') LOOP
        EXECUTE format('ALTER TABLE {new} RENAME CONSTRAINT %I TO %I', it.conname, '{new}' || substr(it.conname, {cut}));
    END LOOP;
    FOR it IN SELECT indexname FROM pg_indexes WHERE tablename = '{new}' AND starts_with(indexname, '{old}_') LOOP
        EXECUTE format('ALTER INDEX %I RENAME TO %I', it.indexname, '{new}' || substr(it.indexname, {cut}));
    END LOOP;
END $$
"""
_ANNOUNCERS = """
CREATE OR REPLACE FUNCTION {sign_in}() RETURNS trigger LANGUAGE plpgsql AS $$
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
    for old, new in _TABLES.items():
        _rename_table(old, new)
    for table, columns in _COLUMNS.items():
        for old, new in columns.items():
            op.alter_column(table, old, new_column_name=new)
    for table, constraints in _CONSTRAINTS.items():
        for old, new in constraints.items():
            op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {old} TO {new}")
    for old, new in _INDEXES.items():
        op.execute(f"ALTER INDEX {old} RENAME TO {new}")
    op.execute("ALTER TRIGGER sign_ins_changed ON login_sessions RENAME TO login_sessions_changed")
    op.execute("ALTER FUNCTION announce_sign_in() RENAME TO announce_login")
    op.execute(_ANNOUNCERS.format(sign_in="announce_login", channel="calendra_logins"))
    for place, keys in _KEYS.items():
        _rename_keys(*place, keys)
    for column, words in _WORDS.items():
        _rename_words(column, words)


def downgrade() -> None:
    for column, words in _WORDS.items():
        _rename_words(column, _swapped(words))
    for place, keys in _KEYS.items():
        _rename_keys(*place, _swapped(keys))
    op.execute(_ANNOUNCERS.format(sign_in="announce_login", channel="calendra_sign_ins"))
    op.execute("ALTER FUNCTION announce_login() RENAME TO announce_sign_in")
    op.execute("ALTER TRIGGER login_sessions_changed ON login_sessions RENAME TO sign_ins_changed")
    for old, new in _INDEXES.items():
        op.execute(f"ALTER INDEX {new} RENAME TO {old}")
    for table, constraints in _CONSTRAINTS.items():
        for old, new in constraints.items():
            op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {new} TO {old}")
    for table, columns in _COLUMNS.items():
        for old, new in columns.items():
            op.alter_column(table, new, new_column_name=old)
    for old, new in _TABLES.items():
        _rename_table(new, old)


def _swapped(names: dict[str, str]) -> dict[str, str]:
    return {new: old for old, new in names.items()}


def _rename_table(old: str, new: str) -> None:
    op.rename_table(old, new)
    op.execute(_RENAME_WITH_TABLE.format(old=old, new=new, cut=len(old) + 1))


def _rename_keys(table: str, column: str, keys: dict[str, str]) -> None:
    """At every depth. Inside a text a quotation mark has a backslash before it, so no text is taken for a key."""
    text = f"{column}::text"
    for old, new in keys.items():
        text = f"""replace({text}, '"{old}": ', '"{new}": ')"""
    op.execute(f"UPDATE {table} SET {column} = ({text})::jsonb WHERE {column} IS NOT NULL")  # noqa: S608


def _rename_words(column: str, words: dict[str, str]) -> None:
    for old, new in words.items():
        op.execute(f"UPDATE audit_log SET {column} = '{new}' WHERE {column} = '{old}'")  # noqa: S608
