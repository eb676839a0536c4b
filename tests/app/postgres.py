"""A PostgreSQL server of the tests' own: in a folder of its own, gone when they are over."""

import os
import pwd
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from lobby.settings import Database, PostgresUrl
from lobby.store.migrate import migrate
from tests.app.ports import free_port
from tests.needs import needs, postgres_version

KINDS = ("sqlite", "postgres")

START_WITHIN_S = 30.0
SETTINGS = {
    "fsync": "on",  # a server that is killed has to keep what it said it kept
    "max_connections": "60",
    "shared_buffers": "32MB",
    "logging_collector": "off",
    "autovacuum_naptime": "1h",
}
WATCH = 'read -r _; kill -INT "$(head -n 1 "$1/data/postmaster.pid")" 2>/dev/null; rm -rf "$1"'
"""Waits for the end of the tests, also where they are killed: nothing of a server stays behind."""

ICU_SINCE = 15
"""From this version on a cluster may sort as people do: nothing of ours may rest on bytes."""


@contextmanager
def database_of(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Database]:
    """A place for a branch's record: a file that does not exist yet, or a database of the server
    that all tests of this run share."""
    if kind == "sqlite":
        yield folder / "lobby.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@contextmanager
def place_for(kind: str, folder: Path) -> Iterator[Database]:
    """The same for a benchmark, which has its server to itself."""
    if kind == "sqlite":
        yield folder / "lobby.db"
        return
    with PostgresServer(free_port()) as server, server.database() as url:
        yield url


class PostgresServer:
    """`with PostgresServer() as server:`; one that is stopped or killed may be started again."""

    def __init__(self, port: int) -> None:
        self._programs = needs("postgres").parent
        self.port = port
        self.folder = Path(tempfile.mkdtemp(prefix="lobby-postgres-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        self._templates: set[str] = set()

    def __enter__(self) -> "PostgresServer":
        self._make()
        self._watch = subprocess.Popen(
            ["sh", "-c", WATCH, "sh", self.folder], stdin=subprocess.PIPE
        )
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
        self._watch.communicate()

    def start(self) -> None:
        settings = [part for pair in SETTINGS.items() for part in ("-c", "=".join(pair))]
        places = ["-D", str(self.data), "-k", str(self.folder), "-h", "127.0.0.1"]
        self._process = self._run("postgres", *places, "-p", str(self.port), *settings)
        self._wait()

    def stop(self) -> None:
        """Orderly, but without waiting for anybody who is connected."""
        self._end(signal.SIGINT)

    def crash(self) -> None:
        """As after a power cut: all processes are gone at once, and nothing is written any more."""
        self._end(signal.SIGQUIT)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, name: str) -> PostgresUrl:
        return PostgresUrl(f"postgresql+psycopg://lobby@127.0.0.1:{self.port}/{name}")

    @contextmanager
    def database(self) -> Iterator[PostgresUrl]:
        """A database of today's tables for one test, dropped after it."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {self._template()}")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def empty_database(self) -> Iterator[PostgresUrl]:
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        engine = create_engine(
            self.url("postgres").text, poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.execute(text(statement))

    def _template(self) -> str:
        name = "lobby_tables"
        if name not in self._templates:
            self.execute(f"CREATE DATABASE {name}")
            migrate(self.url(name))
            self._templates.add(name)
        return name

    def _make(self) -> None:
        """The server refuses to run as root, so another user gets the folder."""
        if self._user:
            known = pwd.getpwnam(self._user)
            os.chown(self.folder, known.pw_uid, known.pw_gid)
        options = ["-D", str(self.data), "-U", "lobby", "-A", "trust", "-E", "UTF8"]
        options += ["--locale", "C.UTF-8", "--no-sync", "--no-instructions"]
        if postgres_version(self._programs / "postgres") >= ICU_SINCE:
            options += ["--locale-provider", "icu", "--icu-locale", "en"]
        assert self._run("initdb", *options).wait(START_WITHIN_S) == 0, self._log()

    def _run(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as output:
            return subprocess.Popen(
                [str(self._programs / program), *options],
                stdout=output,
                stderr=output,
                user=self._user,
                group=self._user,
                extra_groups=[] if self._user else None,
                cwd=self.folder,
                start_new_session=True,
            )

    def _log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")[-2_000:]

    @property
    def _user(self) -> str | None:
        return "postgres" if os.geteuid() == 0 else None

    def _wait(self) -> None:
        deadline = time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline:
            try:
                self.execute("SELECT 1")
            except OperationalError:
                assert self._process is not None
                assert self._process.poll() is None, self._log()
                time.sleep(0.02)
            else:
                return
        raise AssertionError("the server does not answer")

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(START_WITHIN_S)
