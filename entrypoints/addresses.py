"""Which addresses in the settings are safe to call: https, or plain http on this machine."""

import ipaddress
import re
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"https?://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?(/[^\s?#\\]*)?")


def on_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def must_be_safe(address: str) -> None:
    """Raises ValueError with the broken rule. Names no part of the address: it may hold a password."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError("it is not an http or https address without user, query and fragment")
    if address.startswith("http:") and not on_loopback(urlsplit(address).hostname or ""):
        raise ValueError("plain http is for this machine only, because others can read and change it on the way")
