"""What the browser itself complains of: errors of scripts, breaches of the page's policy, faults of the server."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

# A refusal with 4xx is an answer like any other; the browser notes it all the same.
_REFUSAL = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d ")
# The one with 5xx that is an answer too: the provider could not finish a consent.
_UNFINISHED = re.compile(r"Failed to load resource: the server responded with a status of 502 .*")
_RETURN = re.compile(r"/api/connections/\w+/callback$")


# While a test has taken the network or the server away, every request says so.
_NO_ANSWER = re.compile(r"Failed to load resource: net::ERR_\w+|Failed to fetch dynamically imported module")


class Complaints:
    def __init__(self, context: BrowserContext) -> None:
        self.heard: list[str] = []
        self.answers_fail = False
        self._context = context
        context.on("console", self._console)
        context.on("weberror", self._error)

    def end(self) -> None:
        """The next test has its own."""
        self._context.remove_listener("console", self._console)
        self._context.remove_listener("weberror", self._error)

    def _console(self, message: ConsoleMessage) -> None:
        address = str(message.location.get("url", ""))
        unfinished = _UNFINISHED.match(message.text) and _RETURN.search(address)
        if self.answers_fail and _NO_ANSWER.match(message.text):
            return
        if message.type == "error" and not unfinished and not _REFUSAL.match(message.text):
            self.heard.append(f"{message.text} ({address})")

    def _error(self, error: WebError) -> None:
        self.heard.append(str(error.error))

    def must_be_none(self) -> None:
        assert not self.heard, "The browser complained:\n" + "\n".join(self.heard)
