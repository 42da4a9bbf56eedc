"""Logs: one line per event, without secrets."""

import logging
import sys

import structlog
from structlog.typing import Processor

from entrypoints.log_exceptions import WithoutRows, formatted


def configure_logs(level: str) -> None:
    """JSON lines on standard error; coloured text on a terminal. Bodies, cookies and addresses of requests never reach
    the log, because no caller passes them; a line about a request names the template of its route."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.ExceptionRenderer(formatted),
    ]
    last = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    handler = logging.StreamHandler()
    handler.addFilter(WithoutRows())
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=last, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # Those of the database log rows and the parameters of statements.
    for noisy in ("httpx", "httpcore", "alembic", "uvicorn.access", "psycopg", "sqlalchemy"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
