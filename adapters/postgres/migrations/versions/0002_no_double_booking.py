"""Two planned sessions of one consultant can never overlap, however many requests race."""

from alembic import op

from adapters.postgres.operations.extensions import create_extension

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_extension("btree_gist")  # uuid equality inside a GiST index
    op.execute(
        """
        ALTER TABLE bookings ADD CONSTRAINT bookings_no_double_booking EXCLUDE USING gist (
            organization_id WITH =,
            consultant_id WITH =,
            tstzrange(starts_at, ends_at) WITH &&
        ) WHERE (status = 'planned')
        """
    )


def downgrade() -> None:
    """The extension stays: others may use it."""
    op.execute("ALTER TABLE bookings DROP CONSTRAINT bookings_no_double_booking")
