"""Addresses that come from outside: read without trusting that they are well formed."""

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
