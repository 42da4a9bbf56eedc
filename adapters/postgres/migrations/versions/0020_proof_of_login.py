"""A login session knows when its person last proved who they are; null stands for the sign-in.

The release before may run on: it makes login sessions without that moment.
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE login_sessions ADD COLUMN proved_at timestamptz")


def downgrade() -> None:
    op.execute("ALTER TABLE login_sessions DROP COLUMN proved_at")
