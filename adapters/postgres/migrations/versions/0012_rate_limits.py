"""Calls to providers are paced over all processes, by a row for each limit of an account.

Unlogged, because it holds the state of seconds; after a crash of the server it is empty, and learned anew.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_UP = """
CREATE UNLOGGED TABLE rate_limits (
    place bytea NOT NULL,
    free_at timestamptz NOT NULL,
    queued_until timestamptz NOT NULL,
    rate double precision NOT NULL,
    steady_until timestamptz NOT NULL,
    refused_at timestamptz,
    turn_at timestamptz,
    CONSTRAINT rate_limits_pkey PRIMARY KEY (place)
);
CREATE INDEX rate_limits_by_age ON rate_limits (free_at);
"""


def upgrade() -> None:
    op.execute(_UP)


def downgrade() -> None:
    op.execute("DROP TABLE rate_limits")
