"""What a server's process has used, as the system counts it: processor time and memory."""

import os
from dataclasses import dataclass
from pathlib import Path

from tests.app.process import Server

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class ThreadTimes:
    """Processor time in seconds: of the event loop, of the thread that writes most, of the rest."""

    loop_s: float
    writer_s: float
    others_s: float

    @property
    def ticket_s(self) -> float:
        """What taking tickets costs; the rest is the forecast, which makes one board a second."""
        return self.loop_s + self.writer_s

    @property
    def all_s(self) -> float:
        return self.loop_s + self.writer_s + self.others_s

    def __sub__(self, before: "ThreadTimes") -> "ThreadTimes":
        return ThreadTimes(
            self.loop_s - before.loop_s,
            self.writer_s - before.writer_s,
            self.others_s - before.others_s,
        )

    def __add__(self, other: "ThreadTimes") -> "ThreadTimes":
        return ThreadTimes(
            self.loop_s + other.loop_s,
            self.writer_s + other.writer_s,
            self.others_s + other.others_s,
        )


NO_TIME = ThreadTimes(0.0, 0.0, 0.0)


def thread_times(process_id: int) -> ThreadTimes:
    """The event loop runs in the main thread; the writer is whoever else wrote most to disk."""
    used_s: dict[int, float] = {}
    written: dict[int, int] = {}
    for task in (PROC / str(process_id) / "task").iterdir():
        thread_id = int(task.name)
        used_s[thread_id] = int((task / "schedstat").read_text(encoding="ascii").split()[0]) / 1e9
        if thread_id != process_id:
            written[thread_id] = _written(task)
    writer = max(written, key=lambda thread_id: written[thread_id], default=process_id)
    others_s = sum(used_s.values()) - used_s[process_id] - used_s.get(writer, 0.0)
    return ThreadTimes(used_s[process_id], used_s[writer], others_s)


def resident_mb(process_id: int) -> float:
    """Resident set, in MiB."""
    status = (PROC / str(process_id) / "status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def cpu_s(server: Server) -> float:
    """Processor time of all its threads so far, in user and in system."""
    assert server.process is not None
    stat = (PROC / str(server.process.pid) / "stat").read_text(encoding="ascii")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _written(task: Path) -> int:
    figures = (task / "io").read_text(encoding="ascii")
    return int(figures.split("write_bytes:")[1].split()[0])
