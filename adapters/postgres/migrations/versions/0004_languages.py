"""The language that somebody chose to be spoken to in; none: as the browser says."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE accounts ADD COLUMN language text")


def downgrade() -> None:
    op.execute("ALTER TABLE accounts DROP COLUMN language")
