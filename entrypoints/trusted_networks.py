"""The networks of trusted proxies."""

from functools import cache
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network

TrustedProxies = tuple[IPv4Network | IPv6Network, ...]

_MAPPED = IPv6Network("::ffff:0:0/96")  # the IPv4 addresses, as a socket for both families shows them


@cache
def networks(listed: str) -> TrustedProxies:
    return tuple(ip_network(part.strip()) for part in listed.split(",") if part.strip())


def must_be_proxies(trusted: TrustedProxies) -> None:
    """Raises ValueError for a network that is wider than every private one, also when it is given in parts: anyone in
    it could choose the address that the login throttle sees."""
    fourth = [one for one in trusted if isinstance(one, IPv4Network)]
    sixth = [one for one in trusted if isinstance(one, IPv6Network)]
    collapsed: TrustedProxies = (*collapse_addresses(fourth), *collapse_addresses(sixth))
    for network in collapsed:
        if network.prefixlen < _widest(network):
            raise ValueError(f"{network} is wider than any private network, so strangers would count as proxies")


def _widest(network: IPv4Network | IPv6Network) -> int:
    if isinstance(network, IPv4Network):
        return 8
    return 104 if network.overlaps(_MAPPED) else 7
