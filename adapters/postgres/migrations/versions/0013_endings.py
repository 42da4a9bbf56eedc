"""Receipts say what became of each authorization at its provider.

The release before may run on: it writes receipts without it.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE receipts ADD COLUMN endings jsonb")


def downgrade() -> None:
    op.execute("ALTER TABLE receipts DROP COLUMN endings")
