"""The server's end of the socket: one line is asked, one is answered, and the log says by whom."""

import asyncio
import os
import socket
import struct
from pathlib import Path

import msgspec
import structlog

from lobby.control.messages import (
    ANSWER_WITHIN_S,
    ASKED,
    LINE_BYTES_MAX,
    Answer,
    Refused,
    Unsure,
    line_of,
)
from lobby.control.perform import Doers, perform, user_of_computer
from lobby.control.place import listen_at, socket_path
from lobby.web.services import Services

log = structlog.get_logger()

CREDENTIALS = struct.Struct("3i")
"""Of who has connected: process, user, group."""

ROOT = 0
UNREADABLE = "This command and the server are of different versions: restart the server."


class ControlSocket:
    """Open while the server serves. Where the folder holds no sockets it stays shut, and a warning
    says that the command line has to wait for the server's end."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._path = socket_path(services.settings)
        self._server: asyncio.Server | None = None

    @property
    def path(self) -> Path:
        return self._path

    async def open(self) -> None:
        try:
            listening = listen_at(self._path)
        except OSError as error:
            log.warning("commands cannot reach this server", reason=str(error))
            return
        self._server = await asyncio.start_unix_server(
            self._serve, sock=listening, limit=LINE_BYTES_MAX
        )

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._path.unlink(missing_ok=True)
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                answer = await self._answer(await reader.readline(), writer)
                writer.write(line_of(answer))
                await writer.drain()
        except (TimeoutError, OSError, ValueError) as error:
            log.info("a command went away", reason=repr(error))
        finally:
            writer.close()

    async def _answer(self, line: bytes, writer: asyncio.StreamWriter) -> Answer:
        uid = _uid_of(writer.get_extra_info("socket"))
        if uid not in (ROOT, os.getuid()):
            log.warning("a command was refused", uid=uid)
            return Refused("Only the user that runs Lobby may do this.")
        try:
            asked = ASKED.decode(line)
        except msgspec.MsgspecError:
            return Refused(UNREADABLE)
        actor, services = user_of_computer(uid), self._services
        try:
            answer = await perform(asked, actor, _doers(services))
        except Exception:
            log.exception("a command failed", command=type(asked).__name__, actor=str(actor))
            return Unsure()
        log.info("a command was answered", command=type(asked).__name__, actor=str(actor))
        return answer


def _doers(services: Services) -> Doers:
    now = services.sessions.clock.now
    return Doers(services.store, services.accounts, services.set_up, now, services.roll_up)


def _uid_of(connected: socket.socket) -> int:
    credentials = connected.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size)
    _process, uid, _group = CREDENTIALS.unpack(credentials)
    return int(uid)
