"""A real server in a process of its own, on a prepared database, for tests and benchmarks."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, read_plan
from lobby.queueing.model.plan import CounterPlan, Plan
from lobby.settings import Database
from lobby.store.catalogue import save_plan
from lobby.store.devices import DeviceKind
from lobby.store.people import Role
from tests.app.badges import employ, pair_device
from tests.app.database import furnished_database
from tests.app.ports import free_port
from tests.app.preloaded import ForkedProcess, Preloaded, PreloadedPrograms

START_WITHIN_S = 30.0

shared: PreloadedPrograms | None = None
"""While tests run: what a server is forked from, unless it is to be a fresh one."""
COUNTERS = 8


@dataclass(frozen=True, slots=True)
class Badges:
    """Badges that were given out beforehand: nobody has to type a password or a code."""

    tellers: tuple[str, ...]
    kiosk: str
    display: str


def prepare(database: Database) -> Badges:
    """A database with the demo branch, eight counters, a teller for each, a kiosk, a display."""
    return furnished_database(database, _furnish)


def _furnish(connection: Connection) -> Badges:
    plan = branch_plan()
    save_plan(connection, plan)
    return Badges(
        tellers=tuple(
            employ(connection, f"teller{number}", Role.TELLER, plan.id).header
            for number in range(1, COUNTERS + 1)
        ),
        kiosk=device(connection, plan, DeviceKind.KIOSK),
        display=device(connection, plan, DeviceKind.DISPLAY),
    )


def device(connection: Connection, plan: Plan, kind: DeviceKind) -> str:
    """The cookie of a new device."""
    return pair_device(connection, kind, plan.id).header


def branch_plan() -> Plan:
    counters = {str(n): CounterPlan(str(n), str(n)) for n in range(1, COUNTERS + 1)}
    return replace(read_plan(DEMO), counters=counters)


def text_of(database: Database) -> str:
    """As `LOBBY_DATABASE` has it."""
    return str(database) if isinstance(database, Path) else database.text


def output_beside(database: Database, port: int) -> Path:
    """Where a server says what it says; away from a database that is no file."""
    if isinstance(database, Path):
        return database.with_suffix(".out")
    return Path(tempfile.gettempdir()) / f"lobby-{port}.out"


class Server:
    """`with Server(database) as server:` runs until the end of the block; `kill` is kill -9.
    `environ` is added to its environment; one that is `preloaded` needs no `program`. One that
    is fresh is a process that loads the program itself, and whose exit code is known."""

    def __init__(
        self,
        database: Database,
        port: int | None = None,
        program: Sequence[str] = ("-m", "lobby", "serve"),
        environ: Mapping[str, str] | None = None,
        preloaded: Preloaded | None = None,
        *,
        is_fresh: bool = False,
    ) -> None:
        self.database = database
        self.port = port or free_port()
        self._program = program
        self._environ = dict(environ or {})
        can_fork = not is_fresh and "LD_PRELOAD" not in self._environ
        if preloaded is None and shared is not None and can_fork:
            preloaded = shared.of(program)
        self._preloaded = preloaded
        self.output = output_beside(database, self.port)
        self.process: subprocess.Popen[bytes] | ForkedProcess | None = None

    def start(self) -> "Server":
        self.launch()
        self.wait()
        return self

    def launch(self) -> None:
        environ = {name: value for name, value in os.environ.items() if "LOBBY_" not in name}
        environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a second start is as quick as at a branch
        environ |= {
            "LOBBY_DATABASE": text_of(self.database),
            "LOBBY_PORT": str(self.port),
            "LOBBY_LOG_LEVEL": "error",
            **self._environ,
        }
        if self._preloaded is not None:
            self.process = self._preloaded.fork(environ, self.output)
            return
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, *self._program], env=environ, stdout=output, stderr=output
            )

    def wait(self) -> None:
        """Until it answers. Raises `RuntimeError` with what it said where it ended instead."""
        deadline = time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            if self._answers():
                return
            time.sleep(0.003)
        raise RuntimeError(self.output.read_text(encoding="utf-8")[-2_000:])

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                return True
        except urllib.error.HTTPError:
            raise
        except OSError:
            return False

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def memory_mb(self) -> float:
        """What the process keeps in memory, in MiB (resident set)."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
