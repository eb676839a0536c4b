"""Addresses that come from outside: read without trusting that they are well formed."""

from functools import lru_cache
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from starlette.convertors import IntegerConvertor, register_url_convertor

NOTHING = SplitResult("", "", "", "", "")


class IdConvertor(IntegerConvertor):
    """A record's id in an address. No database counts further than 2^63 - 1, so what is longer
    than 18 digits leads nowhere, as any other unknown address does."""

    regex = "[0-9]{1,18}"


register_url_convertor("int", IdConvertor())  # before any route with an id is made


def parts_of(address: str) -> SplitResult:
    """Empty parts where the address cannot be taken apart."""
    try:
        return urlsplit(address)
    except ValueError:
        return NOTHING


@lru_cache(maxsize=1_000)
def is_within(address: str, networks: tuple[str, ...]) -> bool:
    """Whether it is one of these addresses or lies in one of these networks."""
    try:
        one = ip_address(address)
    except ValueError:
        return False
    return any(one in ip_network(network) for network in networks)


def local_path(text: str | None) -> str:
    """A path of this house to go on to; the start page for anything else."""
    if not text or not text.startswith("/") or text.startswith("//") or not text.isprintable():
        return "/"
    parts = parts_of(text)
    leads_away = parts.scheme or parts.netloc or not parts.path or "\\" in text
    return "/" if leads_away else text
