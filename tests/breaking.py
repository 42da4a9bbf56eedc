"""Asserts which rule a value breaks, and with which data."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from domain.errors import Invalid
from domain.rule import Rule


@contextmanager
def breaks(rule: Rule, field: str | None = None, **data: object) -> Iterator[None]:
    with pytest.raises(Invalid) as refusal:
        yield
    assert refusal.value.rule is rule
    assert field in (None, refusal.value.field)
    assert refusal.value.data.items() >= data.items()
