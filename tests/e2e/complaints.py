"""What the browser itself complains of: errors of scripts, breaches of the page's policy, faults of the server."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

# A refusal with 4xx is an answer like any other, and so is 502: the provider could not finish. The browser notes both.
_REFUSAL = re.compile(r"Failed to load resource: the server responded with a status of (4\d\d|502) ")


class Complaints:
    def __init__(self, context: BrowserContext) -> None:
        self.heard: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._error)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _REFUSAL.match(message.text):
            self.heard.append(f"{message.text} ({message.location.get('url', '')})")

    def _error(self, error: WebError) -> None:
        self.heard.append(str(error.error))

    def must_be_none(self) -> None:
        assert not self.heard, "The browser complained:\n" + "\n".join(self.heard)
