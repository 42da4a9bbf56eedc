"""The statements that the service sends, taken from where it keeps them, for the references to send as well."""

from uuid import UUID

from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql import psycopg

from adapters.postgres import audit_log
from adapters.postgres.booking import booking_statements, booking_views
from adapters.postgres.clients import client_statements
from adapters.postgres.connection import connections
from domain.booking.booking_views import BookingQuery
from tests.benchmarks.practice import FIRST_WEEK

_dialect = psycopg.dialect()  # type: ignore[no-untyped-call]


def _sql(statement: Executable) -> str:
    return str(statement.compile(dialect=_dialect))  # type: ignore[attr-defined]


READ_ONE = booking_views._ONE.decode()
LIST_WEEK = booking_views.page_statement(BookingQuery(FIRST_WEEK, FIRST_WEEK, consultant_id=UUID(int=0))).decode()

KNOWN_CLIENTS = _sql(client_statements.KNOWN)
FIND_CONNECTION = _sql(connections._FIND)
ADD_BOOKING = _sql(booking_statements.ADD)
ADD_ENTRY = _sql(audit_log._ADD)
LOCK_BOOKING = _sql(booking_statements.TO_CHANGE)
SAVE_BOOKING = _sql(booking_statements.SAVE)
