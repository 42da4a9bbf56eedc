"""Hosts' accounts are looked through for strays: when next, and what was found.

The release before may run on: it knows neither column and leaves both as they are.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE connections ADD COLUMN tidy_at timestamptz, ADD COLUMN tidied jsonb")


def downgrade() -> None:
    op.execute("ALTER TABLE connections DROP COLUMN tidy_at, DROP COLUMN tidied")
