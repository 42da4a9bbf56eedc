"""The network of a request's client. Behind trusted proxies, the server has put the client's address in place of the
proxy's."""

import logging
from ipaddress import IPv4Network, ip_network
from typing import Any

from litestar import Request

from domain.accounts.network import network_of
from entrypoints.trusted_networks import TrustedProxies

_log = logging.getLogger("calendra.http")
_NOWHERE = "nowhere"  # a socket without addresses, or a proxy that writes "unknown"
_warned: set[str] = set()


def trusted_hosts(proxies: TrustedProxies) -> list[str]:
    """As uvicorn's ProxyHeadersMiddleware expects them. On a socket for both families, an IPv4 proxy has a mapped
    address."""
    mapped = [
        ip_network(f"::ffff:{proxy.network_address}/{96 + proxy.prefixlen}")
        for proxy in proxies
        if isinstance(proxy, IPv4Network)
    ]
    return [str(proxy) for proxy in (*proxies, *mapped)]


def source_of(request: Request[Any, Any, Any]) -> str:
    """Login attempts from one network count together."""
    peer = request.client.host if request.client else ""
    _warn_once_if_ignored(peer, request.headers.get("x-forwarded-for", ""))
    try:
        return network_of(peer)
    except ValueError:
        return _NOWHERE


def _warn_once_if_ignored(peer: str, header: str) -> None:
    """The server takes the client's address from the header, or ignores the header because the peer is not trusted."""
    if header and peer not in header and not _warned:
        _warned.add(peer)
        _log.warning("X-Forwarded-For came from %s, which is not in CALENDRA_TRUSTED_PROXIES: ignored", peer)
