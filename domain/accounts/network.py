"""The network of a request: its IPv4 address, or the IPv6 /64 that a household or phone gets."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_HOST_BITS = 64
WIDER = (56, 48)  # what a subscriber or an organization may get instead: 256 or 65,536 networks


def network_of(address: str) -> str:
    """Raises ValueError when `address` is not an IP address."""
    found = ip_address(address.partition("%")[0])
    plain = (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
    return str(plain) if isinstance(plain, IPv4Address) else _network(plain)


def wider_networks(network: str) -> tuple[str, ...]:
    """The IPv6 networks around a network, narrowest first; none around an IPv4 address."""
    if not network.endswith(f"/{128 - _HOST_BITS}"):
        return ()
    inner = IPv6Network(network)
    return tuple(str(inner.supernet(new_prefix=bits)) for bits in WIDER)


def _network(address: IPv6Address) -> str:
    prefix = IPv6Address(int(address) >> _HOST_BITS << _HOST_BITS)
    return f"{prefix}/{128 - _HOST_BITS}"
