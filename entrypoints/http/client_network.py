"""The network of a request's client, behind proxies."""

import logging
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from typing import Any

from litestar import Request

from domain.accounts.network import network_of
from entrypoints.settings import Settings, TrustedProxies

_log = logging.getLogger("calendra.http")
_NOWHERE = "nowhere"  # a socket without addresses
_told: set[str] = set()


def source_of(request: Request[Any, Any, Any], settings: Settings) -> str:
    """Trusts X-Forwarded-For as far as trusted proxies wrote it: from its end to the first untrusted address."""
    peer = request.client.host if request.client else ""
    named = [part for line in request.headers.getall("x-forwarded-for", []) for part in line.split(",")]
    if named and not _trusted(peer, settings.proxy_networks):
        _tell_once(peer)
    return _network(_farthest(peer, reversed(named), settings.proxy_networks))


def _farthest(peer: str, named: Iterable[str], proxies: TrustedProxies) -> str:
    for part in named:
        if not _trusted(peer, proxies):
            break
        if (address := _without_port(part.strip())) is None:
            break
        peer = address
    return peer


def _trusted(address: str, proxies: TrustedProxies) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    plain = (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
    return any(plain in network for network in proxies)


def _without_port(text: str) -> str | None:
    """None if the text is no address. Some proxies append the port."""
    bracketed = text.startswith("[")
    address = text[1:].partition("]")[0] if bracketed else text
    if not bracketed and address.count(":") == 1:
        address = address.partition(":")[0]
    try:
        return str(ip_address(address))
    except ValueError:
        return None


def _network(address: str) -> str:
    try:
        return network_of(address)
    except ValueError:
        return _NOWHERE


def _tell_once(peer: str) -> None:
    if not _told:
        _told.add(peer)
        _log.warning("X-Forwarded-For came from %s, which is not in CALENDRA_TRUSTED_PROXIES: ignored", peer)
