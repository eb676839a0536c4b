"""Ports that nobody listens on, and what the system keeps for those who ask at one."""

import secrets
import socket
from collections.abc import Container
from pathlib import Path


def free_port() -> int:
    """Below the range from which the system gives ports to outgoing connections."""
    for _ in range(100):
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("no free port found")


def untaken_bytes(port: int, addresses: Container[str] = ("127.0.0.1",)) -> int:
    """What was sent from this port to these IPv4 addresses and not taken there, whether or not the
    server still knows of it."""
    kept = 0
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        _, here, there, _, queues, *_ = line.split()
        packed = bytes.fromhex(there.split(":")[0])[::-1]
        if int(here.split(":")[1], 16) == port and socket.inet_ntoa(packed) in addresses:
            kept += int(queues.split(":")[0], 16)
    return kept
