"""A creation outlives the object that it created, and bookings have creations too.

Fingerprints of the release before have another form and are dropped: a repetition of such a request is recognized by
its key alone. The release before cannot run on these columns: stop it before this migration.
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# In earlier releases an object had its key as its id. The audit log knows the requests to book, those of bookings that
# have been erased since included.
_UP = """
ALTER TABLE creations RENAME COLUMN id TO key;
ALTER TABLE creations ALTER COLUMN content DROP NOT NULL, ADD COLUMN object_id uuid;
UPDATE creations SET content = CASE WHEN length(content) = 64 THEN content END, object_id = key;
INSERT INTO creations (organization_id, key, object_id, asked_at)
SELECT organization_id, subject_id, subject_id, min(at) FROM audit_log
WHERE action = 'booked' AND at > now() - interval '60 days' GROUP BY 1, 2
ON CONFLICT DO NOTHING;
UPDATE audit_log SET facts = facts - 'content' WHERE action = 'booked';
ALTER TABLE creations ALTER COLUMN object_id SET NOT NULL;
CREATE INDEX creations_by_object ON creations (organization_id, object_id);
"""
# Which objects were created is lost, and `content` may stay empty. The release before refuses repetitions of requests
# with another content or none, those to book excepted: it would book again.
_DOWN = """
DROP INDEX creations_by_object;
ALTER TABLE creations DROP COLUMN object_id;
ALTER TABLE creations RENAME COLUMN key TO id;
"""


def upgrade() -> None:
    op.execute(_UP)


def downgrade() -> None:
    op.execute(_DOWN)
