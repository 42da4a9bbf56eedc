"""A creating request is remembered with its key, so that its repetition makes nothing twice.

The release before may run on: it does not know the table.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_UP = """
CREATE TABLE creations (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    content text NOT NULL,
    asked_at timestamptz NOT NULL,
    CONSTRAINT creations_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX creations_by_age ON creations (asked_at);
"""


def upgrade() -> None:
    op.execute(_UP)


def downgrade() -> None:
    op.execute("DROP TABLE creations")
