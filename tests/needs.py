"""What a test needs beyond Python: found on this machine, or the test says why it does not run.

A missing piece skips the test. Where `LOBBY_TEST_REQUIRE` names it (as the continuous integration
does: `LOBBY_TEST_REQUIRE=browser,postgres,nats`) the test fails instead, so that nothing goes
unchecked by accident.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is there. The shell is the same engine without the windows of a desktop, and opens
a page for a third of the processor time."""
COMPILERS = ("cc", "gcc", "clang")
DEBIAN_SYSTEM_PROGRAMS = Path("/usr/sbin")
DEBIAN_POSTGRES = Path("/usr/lib/postgresql")


def needs(what: str) -> Path:
    """Where the program is; skips or fails the calling test when it is absent.

    For `postgres` this is the server itself: `initdb` and `pg_ctl` lie beside it. It refuses to
    run as root, so a test that starts it hands it to another user.
    """
    found = FINDERS[what]()
    if found is not None:
        return found
    if what in required():
        pytest.fail(f"{REASONS[what]}, and LOBBY_TEST_REQUIRE asks for {what}", pytrace=False)
    pytest.skip(REASONS[what], allow_module_level=True)


def required() -> frozenset[str]:
    """The names in `LOBBY_TEST_REQUIRE`; a name nobody knows is a slip worth stopping for."""
    wanted = os.environ.get("LOBBY_TEST_REQUIRE", "").split(",")
    names = frozenset(name.strip() for name in wanted if name.strip())
    unknown = sorted(names - FINDERS.keys())
    if unknown:
        raise pytest.UsageError(f"LOBBY_TEST_REQUIRE names {', '.join(unknown)}: nobody knows it")
    return names


def find_browser() -> Path | None:
    return first(on_path(name) for name in BROWSERS)


def find_postgres() -> Path | None:
    """Debian keeps each version's programs in a folder of its own, off the path; newest first."""
    versions = sorted(DEBIAN_POSTGRES.glob("*/bin/postgres"), key=postgres_version, reverse=True)
    return first([*versions, on_path("postgres")])


def find_nats() -> Path | None:
    """Debian puts the server among the system's programs, off the path of an ordinary user."""
    beside = DEBIAN_SYSTEM_PROGRAMS / "nats-server"
    return first([on_path("nats-server"), beside if beside.is_file() else None])


def find_node() -> Path | None:
    return on_path("node")


def find_compiler() -> Path | None:
    return first(on_path(name) for name in COMPILERS)


def postgres_version(program: Path) -> int:
    name = program.parent.parent.name
    return int(name) if name.isdigit() else 0


def on_path(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def first(candidates: Iterable[Path | None]) -> Path | None:
    return next((candidate for candidate in candidates if candidate is not None), None)


FINDERS: Mapping[str, Callable[[], Path | None]] = {
    "browser": find_browser,
    "postgres": find_postgres,
    "nats": find_nats,
    "node": find_node,
    "compiler": find_compiler,
}
REASONS: Mapping[str, str] = {
    "browser": "Chromium is not installed",
    "postgres": "the PostgreSQL server is not installed",
    "nats": "nats-server is not installed",
    "node": "Node.js is not installed",
    "compiler": "no C compiler is installed",
}
