"""Where a person signed in: the browser and the system, as far as the browser names them, and the network."""

from dataclasses import dataclass

# The first that occurs counts: most browsers also name those that they descend from.
_BROWSERS = {
    "Edg/": "Edge",
    "EdgA/": "Edge",
    "EdgiOS/": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "FxiOS/": "Firefox",
    "Firefox/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
    "curl/": "curl",
}
_SYSTEMS = {
    "iPhone": "iOS",
    "iPad": "iPadOS",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


@dataclass(frozen=True, slots=True)
class Device:
    """The names of the browser and of the system; None when it names none that is known. The header itself is not kept:
    it tells people apart."""

    browser: str | None = None
    system: str | None = None
    network: str | None = None

    @classmethod
    def of_user_agent(cls, header: str, network: str | None) -> "Device":
        return cls(_first(_BROWSERS, header), _first(_SYSTEMS, header), network)


UNKNOWN_DEVICE = Device()


def _first(names: dict[str, str], header: str) -> str | None:
    return next((name for part, name in names.items() if part in header), None)
