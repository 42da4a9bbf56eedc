"""A login session knows its browser, its system and its network, and whether the browser was new.

The release before may run on: it makes login sessions without them.
"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE login_sessions ADD COLUMN browser text, ADD COLUMN system text, ADD COLUMN network text,"
        " ADD COLUMN new_browser boolean"
    )


def downgrade() -> None:
    op.execute(
        "ALTER TABLE login_sessions DROP COLUMN browser, DROP COLUMN system, DROP COLUMN network,"
        " DROP COLUMN new_browser"
    )
