"""The browser that the machine has: which one it is, how to get one, how it is started."""

import os
import shutil
import sys

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
HOW_TO_GET_ONE = (
    "No Chromium was found for the tests in a browser. Install one (Debian, Ubuntu: apt-get install chromium), "
    "or say where it is: CALENDRA_CHROMIUM=/path/to/chromium"
)
# Debian's browser as root, in a container, and without the calls home that it would make.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # One process for all tabs of a person, which knows the scripts already, and none in reserve.
    "--process-per-site",
    "--disable-features=SpareRendererForSitePerProcess",
]


def find_chromium() -> str | None:
    named = os.environ.get("CALENDRA_CHROMIUM")
    return next((found for name in (named, *NAMES) if name and (found := shutil.which(name))), None)


def launch(playwright: Playwright, path: str) -> Browser:
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


if __name__ == "__main__":
    sys.exit(None if find_chromium() else HOW_TO_GET_ONE)
