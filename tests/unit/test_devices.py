"""What of a User-Agent header is kept: the names of a browser and a system that people know."""

import pytest

from domain.accounts.device import Device

_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64"
_CHROMIUM = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
_MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.6 Safari/605.1.15"
_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) CriOS/130.0 Mobile/15E148 Safari/604.1"


@pytest.mark.parametrize(
    ("header", "browser", "system"),
    [
        (f"{_WINDOWS}; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox", "Windows"),
        (f"{_WINDOWS}) {_CHROMIUM}", "Chrome", "Windows"),
        (f"{_WINDOWS}) {_CHROMIUM} Edg/130.0.0.0", "Edge", "Windows"),
        (f"{_WINDOWS}) {_CHROMIUM} OPR/115.0.0.0", "Opera", "Windows"),
        (f"Mozilla/5.0 (Linux; Android 14; SM-S921B) SamsungBrowser/26.0 {_CHROMIUM}", "Samsung Internet", "Android"),
        (_MAC, "Safari", "macOS"),
        (_IPHONE, "Chrome", "iOS"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {_CHROMIUM}", "Chrome", "ChromeOS"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox", "Linux"),
        ("curl/8.5.0", "curl", None),
        ("<script>alert(1)</script>", None, None),
        ("", None, None),
    ],
)
def test_names_that_people_know(header: str, browser: str | None, system: str | None) -> None:
    assert Device.of_user_agent(header, "192.0.2.1") == Device(browser, system, "192.0.2.1")
