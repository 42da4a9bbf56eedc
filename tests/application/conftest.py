"""The fixtures for tests of use cases."""

from collections.abc import AsyncIterator

import pytest

from tests.application.stage import Stage, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as one:
        yield one
