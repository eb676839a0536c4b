"""A disk that fails to keep what it is told: the process stops at once and has promised nothing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import text

from lobby.store.tables import EVENTS, VISITS
from tests.store.office import Office, in_office, number_of

ROOT = Path(__file__).resolve().parents[2]
FATAL = 70
TICKETS = 1_200
"""Enough for the log to be moved into the database file while they are taken."""

KIOSKS = """
import asyncio, os, resource, sys
from pathlib import Path
from tests.store.office import number_of, open_office

async def one(office, key):
    print(number_of(await office.take(key)), flush=True)

async def main():
    async with open_office(Path(sys.argv[1])) as office:
        if "WRITES_END_AT" in os.environ:
            size = int(os.environ["WRITES_END_AT"])
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        if "SWALLOW" in os.environ:
            office.store.writer._on_fatal = lambda: None
        for batch in range(int(sys.argv[2]) // 8):
            acts = (one(office, f"{batch}-{n}") for n in range(8))
            await asyncio.gather(*acts, return_exceptions=True)

asyncio.run(main())
"""

FAILING_DISK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fails(int file) {
    static int flushes;
    char link[64], name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, name, sizeof name - 1);
    name[length > 0 ? length : 0] = 0;
    const char *ending = getenv("FAILING_FILE");
    if (!ending || length < (ssize_t)strlen(ending)) return 0;
    if (strcmp(name + length - strlen(ending), ending)) return 0;
    return ++flushes == atoi(getenv("FAILING_FLUSH"));
}

#define FLUSH(name) \
    int name(int file) { \
        if (fails(file)) { fputs("a flush fails\n", stderr); errno = EIO; return -1; } \
        return ((int (*)(int))dlsym(RTLD_NEXT, #name))(file); \
    }
FLUSH(fsync)
FLUSH(fdatasync)
"""


@pytest.fixture(scope="module")
def failing_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that fails one flush to one file, as a dying disk does, and only once: after it
    every flush succeeds although what it should have kept is gone."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("no C compiler, with which a failing flush is made")
    folder = tmp_path_factory.mktemp("failing")
    (folder / "failing.c").write_text(FAILING_DISK, encoding="utf-8")
    command = [compiler, "-shared", "-fPIC", "-o", "failing.so", "failing.c", "-ldl"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "failing.so"


def prepared(tmp_path: Path) -> Path:
    path = tmp_path / "lobby.db"

    async def nothing(_office: Office) -> None:
        """The tables and branches are there before the disk begins to fail."""

    in_office(path, nothing)
    return path


def kiosks(path: Path, faults: Mapping[str, str]) -> tuple[int, list[str]]:
    """How the process ended, and the numbers that it had acknowledged by then."""
    run = subprocess.run(
        [sys.executable, "-c", KIOSKS, str(path), str(TICKETS)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **faults},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ("a flush fails" in run.stderr) == ("FAILING_FILE" in faults)
    return run.returncode, run.stdout.split()


def check_nothing_is_lost(path: Path, acknowledged: list[str]) -> None:
    async def scenario(office: Office) -> None:
        kept = {row["number"] for row in office.rows(VISITS)}
        assert set(acknowledged) <= kept
        versions = [row["version"] for row in office.rows(EVENTS)]
        assert versions == list(range(1, len(versions) + 1))
        health = office.store.read_now(lambda c: c.execute(text("PRAGMA integrity_check")).scalar())
        assert health == "ok"
        assert number_of(await office.take()) == f"A{len(kept) + 1:03d}"

    in_office(path, scenario)


def check_stop(path: Path, faults: Mapping[str, str]) -> None:
    ended, acknowledged = kiosks(path, faults)
    assert ended == FATAL
    assert len(acknowledged) < TICKETS
    check_nothing_is_lost(path, acknowledged)


def test_it_stops_when_the_disk_takes_no_more_writes(tmp_path: Path) -> None:
    check_stop(prepared(tmp_path), {"WRITES_END_AT": "300000"})


@pytest.mark.parametrize("flush", ["1", "2", "3", "5", "9"])
def test_it_stops_when_the_disk_fails_to_keep_a_commit(
    tmp_path: Path, failing_disk: Path, flush: str
) -> None:
    faults = {"LD_PRELOAD": str(failing_disk), "FAILING_FILE": "-wal", "FAILING_FLUSH": flush}
    check_stop(prepared(tmp_path), faults)


def test_it_would_notice_a_failure_that_is_swallowed(tmp_path: Path, failing_disk: Path) -> None:
    faults = {"LD_PRELOAD": str(failing_disk), "FAILING_FILE": "-wal", "FAILING_FLUSH": "9"}
    with pytest.raises(AssertionError):
        check_stop(prepared(tmp_path), {**faults, "SWALLOW": "1"})


def test_it_does_not_start_on_a_disk_that_fails_while_it_opens(
    tmp_path: Path, failing_disk: Path
) -> None:
    faults = {"LD_PRELOAD": str(failing_disk), "FAILING_FILE": ".db", "FAILING_FLUSH": "1"}
    check_stop(prepared(tmp_path), faults)


@pytest.mark.parametrize("flush", ["2", "3"])
def test_it_loses_nothing_when_the_log_cannot_be_moved_into_the_database(
    tmp_path: Path, failing_disk: Path, flush: str
) -> None:
    """The log itself is safe: moving it is tried again, at the latest when the process ends."""
    path = prepared(tmp_path)
    faults = {"LD_PRELOAD": str(failing_disk), "FAILING_FILE": ".db", "FAILING_FLUSH": flush}
    ended, acknowledged = kiosks(path, faults)
    assert (ended, len(acknowledged)) == (0, TICKETS)
    check_nothing_is_lost(path, acknowledged)
