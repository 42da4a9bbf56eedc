"""Receipts say what stays of an erased client.

The release before may run on: it writes receipts without it.
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE receipts ADD COLUMN kept jsonb")


def downgrade() -> None:
    op.execute("ALTER TABLE receipts DROP COLUMN kept")
