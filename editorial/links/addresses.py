"""Which addresses we ask: those of public servers, and none that a link could trick us into."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

#: Where public IPv6 servers live (RFC 4291, IANA's registry of assignments).
GLOBAL_UNICAST = ip_network("2000::/3")
#: IPv4 spoken through a translator: the last 32 bits are the address asked (RFC 6052).
NAT64 = ip_network("64:ff9b::/96")
#: Tunnels and relays, which lead to addresses of any kind, and what Python takes for public.
NEVER = [
    ip_network(block)
    for block in (
        *("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "100.64.0.0/10", "240.0.0.0/4"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
]


def is_public(text: str) -> bool:
    """Tell whether an IP address is one of a public server. What is not known to be is not."""
    try:
        address = unwrapped(ip_address(text))
    except ValueError:
        return False
    if address.version == 6 and address not in GLOBAL_UNICAST:
        return False
    return (
        address.is_global
        and not address.is_private
        and not address.is_multicast
        and not address.is_reserved
        and not any(address.version == block.version and address in block for block in NEVER)
    )


def unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address inside a mapped or translated one, or else the address itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
