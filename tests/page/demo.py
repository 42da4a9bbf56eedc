"""A demo of its own and a browser to look at it with."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.demos import own_demo
from tests.e2e.chromium import HOW_TO_GET_ONE, find_chromium, launch


@contextmanager
def demo_in_a_browser() -> Iterator[tuple[str, str, Browser]]:
    """The addresses of Calendra and of the sandbox, and Chromium. Ends the program when the machine has none."""
    path = find_chromium()
    if path is None:
        sys.exit(HOW_TO_GET_ONE)
    with (
        tempfile.TemporaryDirectory(prefix="calendra-page-") as folder,
        own_demo(Path(folder)) as (address, sandbox),
        sync_playwright() as playwright,
    ):
        yield address, sandbox, launch(playwright, path)
