"""The practice in memory whose accounts are swept."""

from tests.application.conftest import stage

__all__ = ["stage"]
