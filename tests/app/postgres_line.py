"""A line between Lobby and its PostgreSQL that can be cut: at once, or at the next commit."""

import select
import socket
import threading
from contextlib import suppress
from enum import Enum, auto
from urllib.parse import urlsplit

from lobby.settings import PostgresUrl

COMMIT = b"COMMIT\x00"


class Cut(Enum):
    BEFORE_COMMIT = auto()
    """The commit never reaches the server."""
    AFTER_COMMIT = auto()
    """The server commits, and its answer gets lost."""


class Line:
    """`url` leads through here; while it is closed, nobody gets through."""

    def __init__(self, url: PostgresUrl) -> None:
        parts = urlsplit(url.text)
        self._server = (parts.hostname or "", parts.port or 0)
        self._listening = socket.create_server(("127.0.0.1", 0))
        port = self._listening.getsockname()[1]
        self.url = PostgresUrl(url.text.replace(f":{parts.port}/", f":{port}/"))
        self.cuts = 0
        self._cut_at: Cut | None = None
        self._commits_before = 0
        self._stays_closed = False
        self._closed = False
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
        self._listening.close()

    def cut_at(self, where: Cut, *, after: int = 0, stay_closed: bool = False) -> None:
        """Once, at the next commit, or after so many that still get through."""
        self._cut_at, self._commits_before, self._stays_closed = where, after, stay_closed

    def close(self) -> None:
        """Whoever is on the line loses it, and nobody new gets through until `open`."""
        self._closed = True
        self._drop_all()

    def open(self) -> None:
        self._closed = False

    def _drop_all(self) -> None:
        pairs, self._pairs = self._pairs, []
        for ends in pairs:
            for end in ends:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._listening.accept()
                if self._closed:
                    client.close()
                    continue
                server = socket.create_connection(self._server)
                self._pairs.append((client, server))
                threading.Thread(target=self._pass_on, args=(client, server), daemon=True).start()

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError, ValueError):
            while True:
                for end in select.select([client, server], [], [])[0]:
                    passed = end.recv(65_536)
                    if end is client and self._is_to_be_cut(passed):
                        self._cut(passed, server)
                        return
                    (server if end is client else client).sendall(passed)
                    if not passed:
                        client.close()
                        server.close()
                        return

    def _is_to_be_cut(self, passed: bytes) -> bool:
        if self._cut_at is None or COMMIT not in passed:
            return False
        self._commits_before -= 1
        return self._commits_before < 0

    def _cut(self, commit: bytes, server: socket.socket) -> None:
        if self._cut_at is Cut.AFTER_COMMIT:
            server.sendall(commit)
            server.recv(65_536)
        self.cuts += 1
        self._cut_at = None
        self._closed = self._stays_closed
        self._drop_all()
