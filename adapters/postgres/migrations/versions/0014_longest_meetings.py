"""When a host's plan ends a meeting is stored with the connection.

The release before makes connections without it; it is learned when the consultant connects again.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_UP = """
ALTER TABLE connections ADD COLUMN longest_meeting interval;
UPDATE connections SET longest_meeting = interval '40 minutes' WHERE provider = 'zoom' AND plan = 'basic';
"""


def upgrade() -> None:
    op.execute(_UP)


def downgrade() -> None:
    op.execute("ALTER TABLE connections DROP COLUMN longest_meeting")
