"""A practice chooses how long its people's login sessions last without use.

The release before may run on: it keeps to a week.
"""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE organizations ADD COLUMN idle_minutes integer NOT NULL DEFAULT 10080")


def downgrade() -> None:
    op.execute("ALTER TABLE organizations DROP COLUMN idle_minutes")
