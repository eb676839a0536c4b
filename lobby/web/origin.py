"""Whether a request comes from a page of ours: it keeps other sites from acting in our name."""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PLAIN = re.compile(rb"http://(?!(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?$)", re.IGNORECASE)
"""A page that came unencrypted over a network."""

OWN_SITES = frozenset({b"same-origin", b"none"})


def is_cross_site(
    headers: Mapping[bytes, bytes], public_netloc: bytes, *, is_secure: bool = False
) -> bool:
    """Judges a write or a socket. Browsers say where it comes from: in `Sec-Fetch-Site`, or on
    plain HTTP, where they leave that out, in `Origin`. A program that says neither may act for
    itself, but not with a cookie that a person's browser keeps. `is_secure`: our pages come over
    HTTPS, and over anything else only to this machine itself."""
    origin = headers.get(b"origin")
    if is_secure and origin is not None and PLAIN.match(origin):
        return True
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in OWN_SITES
    if origin is None:
        return b"cookie" in headers
    return not _is_ours(origin, headers.get(b"host", b""), public_netloc)


@lru_cache(maxsize=256)
def _is_ours(origin: bytes, host: bytes, public_netloc: bytes) -> bool:
    """Its scheme is not compared: behind a proxy that ends TLS we do not know our own. The same
    few origins come with every write, so the answers are remembered."""
    try:
        netloc = urlsplit(origin.decode("ascii")).netloc.lower().encode()
    except ValueError:
        return False
    return bool(netloc) and netloc in (host.lower(), public_netloc)
