"""Servers that start at once: forked from a process that has loaded the whole program and done
nothing else. Each is a process of its own, opens its own files and may be killed as any other.

`python -m tests.app.preloaded [VARIANT]` reads one line of JSON for each server that is wanted (its
environment, and the file for what it says) and answers with its process id.
"""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any

LOADED = (
    *("lobby.__main__", "lobby.main", "lobby.console.serve", "lobby.forecast.forecaster"),
    *("uvloop", "uvicorn", "uvicorn.lifespan.on", "uvicorn.loops.uvloop"),
)
VARIANTS = "tests.faults.variants"
POLL_S = 0.001


class ForkedProcess:
    """As much of `subprocess.Popen` as a server needs: it is the child of another process."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """0 once it is gone, whatever it ended with."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    @property
    def returncode(self) -> int | None:
        return self.poll()

    def wait(self, timeout: float = 30.0) -> int:
        deadline = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired([str(self.pid)], timeout)
            time.sleep(POLL_S)
        return 0

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class Preloaded:
    """`with Preloaded(variant) as program:` and any number of servers; `variant` "" is the program
    as it is."""

    def __init__(self, variant: str = "") -> None:
        self._arguments = [sys.executable, "-m", "tests.app.preloaded", *filter(None, [variant])]

    def __enter__(self) -> "Preloaded":
        self._process = subprocess.Popen(
            self._arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Reads the end of what it is asked for, and ends."""
        self._process.communicate(timeout=30)

    def fork(self, environ: Mapping[str, str], output: Path) -> ForkedProcess:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([dict(environ), str(output)]), file=self._process.stdin, flush=True)
        return ForkedProcess(int(self._process.stdout.readline()))


class PreloadedPrograms:
    """One of each that is asked for, kept until all are closed."""

    def __init__(self) -> None:
        self._programs: dict[str, Preloaded] = {}

    def of(self, program: Sequence[str]) -> Preloaded | None:
        """None for a program that cannot be forked."""
        variant = _variant_of(program)
        if variant is None:
            return None
        if variant not in self._programs:
            self._programs[variant] = Preloaded(variant).__enter__()
        return self._programs[variant]

    def close(self) -> None:
        for program in self._programs.values():
            program.__exit__(None, None, None)
        self._programs.clear()


def _variant_of(program: Sequence[str]) -> str | None:
    match tuple(program):
        case ("-m", "lobby", "serve"):
            return ""
        case ("-m", module, variant) if module == VARIANTS:
            return variant
    return None


def _serve(environ: Mapping[str, str], output: str) -> None:
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for standard in (1, 2):
        os.dup2(file, standard)
    os.close(file)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(environ)
    sys.argv = ["lobby", "serve"]
    import_module("lobby.__main__").main()


def _fork_on_demand() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        wanted: Any = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _serve(*wanted)
            os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    for module in LOADED:
        import_module(module)
    if len(sys.argv) > 1:
        import_module(VARIANTS).VARIANTS[sys.argv[1]]()
    gc.freeze()
    _fork_on_demand()
