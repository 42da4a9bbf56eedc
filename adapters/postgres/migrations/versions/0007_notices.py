"""Notices lead to a look: meetings are found by their numbers, and claimed removals are stored until they are checked.

The release before may run on: it knows none of these columns and needs none of them.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_UP = """
CREATE INDEX bookings_of_meeting ON bookings ((settlement -> 'meeting' ->> 'id'))
    WHERE settlement -> 'meeting' ->> 'id' IS NOT NULL;
ALTER TABLE connections ADD COLUMN doubted_at timestamptz, ADD COLUMN ask_at timestamptz;
CREATE INDEX connections_doubtful ON connections (ask_at) WHERE doubted_at IS NOT NULL;
"""

_DOWN = """
DROP INDEX connections_doubtful;
ALTER TABLE connections DROP COLUMN doubted_at, DROP COLUMN ask_at;
DROP INDEX bookings_of_meeting;
"""


def upgrade() -> None:
    op.execute(_UP)


def downgrade() -> None:
    op.execute(_DOWN)
