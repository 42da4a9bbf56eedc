"""Meetings are looked at before their sessions: what was ready before this release gets its moment too.

The release before may run on: whoever finds nothing to do yet puts a booking back to its moment, or to none.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_UP = """
UPDATE bookings SET due_at = greatest(starts_at - interval '1 day 10 minutes', now())
    WHERE due_at IS NULL AND status = 'planned' AND online AND starts_at > now()
        AND settlement -> 'meeting' ->> 'id' IS NOT NULL
"""


def upgrade() -> None:
    op.execute(_UP)


def downgrade() -> None:
    """Nothing: a booking that is due too often settles without a call."""
