"""The Zoom adapter with an HTTP client whose network is replaced."""

from collections.abc import AsyncIterator, Iterator

import pytest
import respx

from adapters.zoom.http import zoom_http
from adapters.zoom.provider import zoom_provider
from domain.provider import Provider
from tests.integration.zoom.zoom_answers import CALLBACK, SETTINGS, FixedClock


@pytest.fixture
def router() -> Iterator[respx.MockRouter]:
    with respx.mock(assert_all_called=False) as router:
        yield router


@pytest.fixture
async def zoom(router: respx.MockRouter) -> AsyncIterator[Provider]:
    async with zoom_http(SETTINGS) as http:
        yield zoom_provider(SETTINGS, CALLBACK, http, FixedClock())
