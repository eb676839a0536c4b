"""How much a connection may send, and how long it may take."""

from dataclasses import dataclass

from lobby.settings import LOOPBACK

KEEP_ALIVE_S = 65
"""A little longer than the minute that proxies keep a connection: they close it, not we."""


@dataclass(frozen=True, slots=True)
class Limits:
    receive_s: float = 10.0
    first_s: float = 10.0  # until the first byte of the first request
    idle_s: float = KEEP_ALIVE_S
    stranger_idle_s: float = 10.0  # whoever nobody knows, and no proxy of ours, comes anew
    send_s: float = 10.0
    send_bytes: int = 4 * 1024  # at least so much of an answer is taken in each `send_s`
    url_bytes: int = 4 * 1024
    header_bytes: int = 16 * 1024
    headers: int = 100
    connections_per_address: int = 256
    exempt_addresses: frozenset[str] = frozenset(LOOPBACK)


class TooMuchError(Exception):
    """Raised inside the parser's callbacks, which end the request; carries the status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status
