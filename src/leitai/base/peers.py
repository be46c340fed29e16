"""Whose try it was: the address that asked, as one house."""

from __future__ import annotations

import ipaddress
from typing import Final

from django.conf import settings
from django.http import HttpRequest

IPV6_PREFIX: Final = 64  # what one household or office gets


def peer_of(request: HttpRequest) -> str:
    """The address that asked: forwarded ones count only from our own proxies (LEITAI_PROXIES)."""
    address = request.META.get("REMOTE_ADDR", "")
    hops = settings.LEITAI_PROXIES
    if hops:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = told[-hops].strip() if len(told) >= hops else address
    return _house_of(address)


def _house_of(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, IPV6_PREFIX), strict=False))
