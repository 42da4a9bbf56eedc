"""A provider's webhook event finds its session by an index, however many sessions there are."""

import psycopg
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from adapters.postgres.booking.booking_statements import OF_MEETING


def test_a_session_is_found_by_its_meeting_through_an_index(database: str) -> None:
    question = str(OF_MEETING.compile(dialect=PGDialect_psycopg()))  # type: ignore[no-untyped-call]
    values = {"meeting_id": "81236549870", "provider": "zoom", "param_1": 1}
    with psycopg.connect(database) as connection:
        connection.execute("SET enable_seqscan = off")
        plan = "\n".join(row[0] for row in connection.execute(f"EXPLAIN {question}".encode(), values))
    assert "Index Scan using bookings_of_meeting" in plan or "Bitmap Index Scan on bookings_of_meeting" in plan, plan
