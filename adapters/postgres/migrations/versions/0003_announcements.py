"""Every change announces itself when it commits: to open pages, and to the caches of who is signed in."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Payloads are JSON arrays. calendra_changes: organization, what, id, consultant.
_FUNCTIONS = """
CREATE FUNCTION announce_booking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM pg_notify('calendra_changes',
            json_build_array(OLD.organization_id, 'booking', OLD.id, OLD.consultant_id)::text);
    END IF;
    IF TG_OP <> 'DELETE' THEN  -- the same words twice in one transaction are told once
        PERFORM pg_notify('calendra_changes',
            json_build_array(NEW.organization_id, 'booking', NEW.id, NEW.consultant_id)::text);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION announce_connection() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    it connections := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    PERFORM pg_notify('calendra_changes',
        json_build_array(it.organization_id, 'connection', it.consultant_id, it.consultant_id)::text);
    RETURN NULL;
END $$;

-- calendra_sign_ins: organization, account. What is remembered about this account's sign-ins is no longer true.
CREATE FUNCTION announce_sign_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('calendra_sign_ins', json_build_array(OLD.organization_id, OLD.account_id)::text);
    RETURN NULL;
END $$;

CREATE FUNCTION announce_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('calendra_sign_ins', json_build_array(OLD.organization_id, OLD.id)::text);
    RETURN NULL;
END $$;
"""

# What nobody sees (claims, the next due moment, tokens) is not announced.
_TRIGGERS = """
CREATE TRIGGER bookings_added_or_removed AFTER INSERT OR DELETE ON bookings
    FOR EACH ROW EXECUTE FUNCTION announce_booking();
CREATE TRIGGER bookings_changed AFTER UPDATE ON bookings FOR EACH ROW
    WHEN ((OLD.version, OLD.status, OLD.meeting, OLD.consultant_id, OLD.client_ids, OLD.starts_at, OLD.ends_at,
           OLD.zone, OLD.title, OLD.notes, OLD.online, OLD.provider)
       IS DISTINCT FROM
          (NEW.version, NEW.status, NEW.meeting, NEW.consultant_id, NEW.client_ids, NEW.starts_at, NEW.ends_at,
           NEW.zone, NEW.title, NEW.notes, NEW.online, NEW.provider))
    EXECUTE FUNCTION announce_booking();

CREATE TRIGGER connections_added_or_removed AFTER INSERT OR DELETE ON connections
    FOR EACH ROW EXECUTE FUNCTION announce_connection();
CREATE TRIGGER connections_changed AFTER UPDATE ON connections FOR EACH ROW
    WHEN ((OLD.id, OLD.user_id, OLD.account_id, OLD.email, OLD.name, OLD.plan, OLD.scopes, OLD.standing,
           OLD.connected_at, OLD.refreshed_at, OLD.trouble, OLD.disconnect_tries, OLD.access_token IS NULL)
       IS DISTINCT FROM
          (NEW.id, NEW.user_id, NEW.account_id, NEW.email, NEW.name, NEW.plan, NEW.scopes, NEW.standing,
           NEW.connected_at, NEW.refreshed_at, NEW.trouble, NEW.disconnect_tries, NEW.access_token IS NULL))
    EXECUTE FUNCTION announce_connection();

CREATE TRIGGER sign_ins_changed AFTER UPDATE OR DELETE ON sign_ins
    FOR EACH ROW EXECUTE FUNCTION announce_sign_in();
CREATE TRIGGER accounts_changed AFTER UPDATE OR DELETE ON accounts
    FOR EACH ROW EXECUTE FUNCTION announce_account();
"""

_ANNOUNCERS = {
    "bookings": ("bookings_added_or_removed", "bookings_changed"),
    "connections": ("connections_added_or_removed", "connections_changed"),
    "sign_ins": ("sign_ins_changed",),
    "accounts": ("accounts_changed",),
}


def upgrade() -> None:
    op.execute(_FUNCTIONS)
    op.execute(_TRIGGERS)


def downgrade() -> None:
    for table, triggers in _ANNOUNCERS.items():
        for trigger in triggers:
            op.execute(f"DROP TRIGGER {trigger} ON {table}")
    for function in ("announce_booking", "announce_connection", "announce_sign_in", "announce_account"):
        op.execute(f"DROP FUNCTION {function}()")
