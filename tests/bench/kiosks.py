"""Kiosks that load a server: in Python, or in C so that the client costs next to nothing."""

import asyncio
import secrets
import shutil
import subprocess
import time
from asyncio.subprocess import PIPE
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.bench.full_hall import SERVICES
from tests.bench.wire import Connection, post

SOURCE = Path(__file__).with_name("ticket_load.c")


@dataclass(frozen=True, slots=True)
class Taken:
    """`counted` tickets in `seconds`: those between the first round and the last, when every
    kiosk was at it. A round is one ticket of each kiosk."""

    counted: int
    seconds: float


class Kiosks(Protocol):
    async def take(self, total: int) -> Taken:
        """Each kiosk asks for the next ticket as soon as it has the last, `total` in all."""
        ...

    async def leave(self) -> None:
        """Everybody who was given a ticket since leaves the line."""
        ...

    async def close(self) -> None: ...


class PythonKiosks:
    def __init__(self, connections: list[Connection], cookie: str) -> None:
        self._connections = connections
        self._cookie = cookie
        self._run = secrets.token_hex(4)
        self._asked = 0
        self._secrets: list[str] = []

    @classmethod
    async def open(cls, port: int, kiosks: int, cookie: str) -> "PythonKiosks":
        return cls([await Connection.open(port) for _ in range(kiosks)], cookie)

    async def take(self, total: int) -> Taken:
        kiosks, self._left, self._at_s = len(self._connections), total, [time.perf_counter()]
        await asyncio.gather(*(self._take(connection) for connection in self._connections))
        seconds = self._at_s[total - kiosks] - self._at_s[kiosks]
        return Taken(total - 2 * kiosks, seconds)

    async def _take(self, connection: Connection) -> None:
        while self._left > 0:
            self._left -= 1
            self._asked += 1
            fields = {"service": SERVICES[self._asked % len(SERVICES)], "language": "vi"}
            body = await self._send(connection, "/kiosk/tickets", fields)
            self._at_s.append(time.perf_counter())
            self._secrets.append(body.split(b'"secret":"', 1)[1].split(b'"', 1)[0].decode())

    async def leave(self) -> None:
        await asyncio.gather(*(self._leave(connection) for connection in self._connections))

    async def _leave(self, connection: Connection) -> None:
        while self._secrets:
            self._asked += 1
            await self._send(connection, f"/t/{self._secrets.pop()}/cancellations", {})

    async def _send(self, connection: Connection, path: str, fields: dict[str, str]) -> bytes:
        key = f"{self._run}-{self._asked}"
        status, body = await connection.send(post(path, fields, key, self._cookie))
        if not 200 <= status < 300:
            raise RuntimeError(f"{status}: {body.decode()}")
        return body

    async def close(self) -> None:
        for connection in self._connections:
            connection.close()


class CompiledKiosks:
    """`program` is what `compiled` made."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def open(cls, program: Path, port: int, kiosks: int, cookie: str) -> "CompiledKiosks":
        arguments = (str(port), str(kiosks), cookie, secrets.token_hex(4))
        process = await asyncio.create_subprocess_exec(program, *arguments, stdin=PIPE, stdout=PIPE)
        return cls(process)

    async def take(self, total: int) -> Taken:
        counted, seconds = await self._ask(f"take {total}")
        return Taken(int(counted), float(seconds))

    async def leave(self) -> None:
        await self._ask("leave")

    async def _ask(self, command: str) -> list[str]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{command}\n".encode())
        answer = (await self._process.stdout.readline()).decode().split()
        if not answer:
            raise RuntimeError("the client has ended: see what it said above")
        return answer

    async def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()


def compiled(folder: Path) -> Path:
    """The client in C, built by the system's compiler. Raises `SystemExit` where there is none."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise SystemExit("No C compiler (cc, gcc, clang) is here: use --client python.")
    program = folder / "ticket_load"
    subprocess.run([compiler, "-O2", "-D_GNU_SOURCE", "-o", program, SOURCE], check=True)
    return program
