"""Outcomes of audit entries are codes beside the provider's answer, and facts have types; no reason is null, not ''.

The release before cannot read the new facts: stop it before this migration.
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_LISTED = ("changed", "differs", "roles")
# The keys of facts whose value became a list, a number, an object or another name.
_OLD = """'{
    meeting, changed, differs, roles, link, title_shortened_to, how, other, sessions, notes, revocation, meetings_left,
    starts_at, provider
}'::text[]"""
_NEW = """'{
    verdict, orphan, changed, differs, roles, link_changed, found, title_shortened_to, acknowledgement, merge,
    ending
}'::text[]"""
# A failure that Calendra knew without asking has a code of its own instead of the provider's answer.
_CODE = "^provider_[a-z_]+: ([a-z_]+)$"
_ORPHAN = "action = 'orphan_removed'"


def _object(*pairs: str) -> str:
    return f"jsonb_strip_nulls(jsonb_build_object({', '.join(pairs)}))"


def _reasons_of_meetings(value: str) -> None:
    """`value` is SQL for a reason; `{name}` stands for its key."""
    reasons = [f"'{name}', {value.format(name=name)}" for name in ("reason", "link_change_reason")]
    op.execute(f"UPDATE bookings SET meeting = meeting || jsonb_build_object({', '.join(reasons)})")  # noqa: S608


def upgrade() -> None:
    _reasons_of_meetings("nullif(meeting->>'{name}', '')")
    op.execute("ALTER TABLE audit_log ADD COLUMN answer text NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE audit_log ALTER COLUMN answer DROP DEFAULT")
    op.execute("ALTER TABLE audit_log ALTER COLUMN reason DROP NOT NULL, ALTER COLUMN outcome DROP NOT NULL")
    lists = [
        f"'{name}', CASE WHEN facts->>'{name}' <> '' THEN to_jsonb(string_to_array(facts->>'{name}', ', ')) END"
        for name in _LISTED
    ]
    merge = _object(
        "'name', facts->>'other'", "'sessions', (facts->>'sessions')::int", "'notes', (facts->>'notes')::int"
    )
    ending = _object("'revocation', facts->>'revocation'", "'meetings_left', (facts->>'meetings_left')::int")
    orphan = _object("'number', facts->>'meeting'", "'starts_at', nullif(facts->>'starts_at', '')")
    facts = _object(
        *lists,
        f"'verdict', CASE WHEN NOT {_ORPHAN} THEN facts->>'meeting' END",
        f"'orphan', CASE WHEN {_ORPHAN} THEN {orphan} END",
        "'link_changed', CASE WHEN facts->>'link' = 'changed' THEN true END",
        "'found', CASE WHEN outcome ~ '^found [0-9]+$' THEN substr(outcome, 7)::int END",
        f"'failure', substring(outcome FROM '{_CODE}')",
        "'title_shortened_to', (facts->>'title_shortened_to')::int",
        "'acknowledgement', facts->>'how'",
        f"'merge', CASE WHEN facts ? 'other' THEN {merge} END",
        f"'ending', CASE WHEN facts ? 'revocation' THEN {ending} END",
    )
    op.execute(
        f"""
        UPDATE audit_log SET
            facts = (facts - {_OLD}) || {facts},
            provider = CASE WHEN action = 'disconnect_asked' THEN facts->>'provider' ELSE provider END,
            reason = nullif(reason, ''),
            answer = CASE
                WHEN outcome ~ '{_CODE}' THEN ''
                WHEN outcome ~ '^provider_[a-z_]+: ' THEN regexp_replace(outcome, '^[a-z_]+: ', '')
                WHEN outcome = 'done' OR outcome ~ '^found [0-9]+$' THEN ''
                ELSE outcome
            END,
            outcome = CASE
                WHEN action = 'authorization_ended' THEN 'authorization_ended'
                WHEN outcome ~ '^found [0-9]+$' THEN 'found'
                WHEN outcome = 'done' THEN 'done'
                ELSE substring(outcome FROM '^(provider_[a-z_]+): ')
            END
        """  # noqa: S608
    )


def downgrade() -> None:
    _reasons_of_meetings("coalesce(meeting->>'{name}', '')")
    lists = [
        f"'{name}', (SELECT string_agg(one, ', ') FROM jsonb_array_elements_text(facts->'{name}') one)"  # noqa: S608
        for name in _LISTED
    ]
    facts = _object(
        *lists,
        "'meeting', coalesce(facts->>'verdict', facts->'orphan'->>'number')",
        f"'starts_at', CASE WHEN {_ORPHAN} THEN coalesce(facts->'orphan'->>'starts_at', '') END",
        "'link', CASE WHEN facts ? 'link_changed' THEN 'changed' END",
        "'title_shortened_to', facts->>'title_shortened_to'",
        "'how', facts->>'acknowledgement'",
        "'other', facts->'merge'->>'name'",
        "'sessions', facts->'merge'->>'sessions'",
        "'notes', facts->'merge'->>'notes'",
        "'revocation', facts->'ending'->>'revocation'",
        "'meetings_left', facts->'ending'->>'meetings_left'",
        "'provider', CASE WHEN action = 'disconnect_asked' THEN provider END",
    )
    op.execute(
        f"""
        UPDATE audit_log SET
            facts = (facts - {_NEW}) || {facts},
            provider = CASE WHEN action = 'disconnect_asked' THEN NULL ELSE provider END,
            reason = coalesce(reason, ''),
            outcome = CASE
                WHEN outcome = 'found' THEN 'found ' || (facts->>'found')
                WHEN outcome LIKE 'provider_%' THEN outcome || ': ' || coalesce(nullif(answer, ''), facts->>'failure')
                WHEN outcome = 'authorization_ended' OR outcome IS NULL THEN answer
                ELSE outcome
            END
        """  # noqa: S608
    )
    op.execute("ALTER TABLE audit_log ALTER COLUMN reason SET NOT NULL, ALTER COLUMN outcome SET NOT NULL")
    op.execute("ALTER TABLE audit_log DROP COLUMN answer")
