"""What a server's process has used, as the system counts it."""

import os
from pathlib import Path

from tests.serving import Server


def cpu_s(server: Server) -> float:
    """Processor time of all its threads so far, in user and in system."""
    assert server.process is not None
    stat = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="ascii")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
