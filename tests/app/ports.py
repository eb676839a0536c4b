"""Ports that nobody listens on."""

import secrets
import socket


def free_port() -> int:
    """Below the range from which the system gives ports to outgoing connections."""
    for _ in range(100):
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("no free port found")
