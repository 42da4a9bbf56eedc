"""The security log of a practice: appended, never changed, deleted by age."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_UP = """
CREATE TABLE security_log (
    organization_id uuid NOT NULL,
    number bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    outcome text NOT NULL,
    actor_id uuid,
    subject_id uuid,
    network text,
    request_id text,
    facts jsonb NOT NULL,
    CONSTRAINT security_log_pkey PRIMARY KEY (organization_id, at, number)
);
CREATE INDEX security_log_by_age ON security_log (at);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER security_log_append_only BEFORE UPDATE ON security_log
FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
_DOWN = """
DROP TABLE security_log;
DROP FUNCTION refuse_change();
"""


def upgrade() -> None:
    op.execute(_UP)


def downgrade() -> None:
    op.execute(_DOWN)
