"""The network of a request: its IPv4 address, or the IPv6 /64 that a household or phone gets."""

from ipaddress import IPv4Address, IPv6Address, ip_address

_HOST_BITS = 64


def network_of(address: str) -> str:
    """Raises ValueError when `address` is not an IP address."""
    found = ip_address(address.partition("%")[0])
    plain = (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
    return str(plain) if isinstance(plain, IPv4Address) else _network(plain)


def _network(address: IPv6Address) -> str:
    prefix = IPv6Address(int(address) >> _HOST_BITS << _HOST_BITS)
    return f"{prefix}/{128 - _HOST_BITS}"
