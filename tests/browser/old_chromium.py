"""An old Chromium, from the registry's package that carries one, in a cache of its own.

Debian has no such package, so the continuous integration does not require it: where npm or the
package is absent, the tests say so and are skipped.
"""

import os
import subprocess
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from tests.needs import needs

PACKAGE = "chrome-aws-lambda"
VERSIONS = {87: "5.4.0", 83: "3.1.1"}
"""By the Chromium that it carries: the oldest that is supported, and one before it."""

CACHE = Path(os.environ.get("LOBBY_TEST_CACHE", tempfile.gettempdir())) / "lobby-old-chromium"
PATIENCE_S = 120

UNPACK = """
const { brotliDecompressSync } = require("zlib");
const { readFileSync, writeFileSync } = require("fs");
const [from, to] = process.argv.slice(1);
writeFileSync(to, brotliDecompressSync(readFileSync(from)), { mode: 0o755 });
"""


def old_chromium(release: int) -> Path:
    """The program; skips the calling test where it cannot be had."""
    ready = CACHE / str(release)
    if not ready.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            fresh = Path(folder) / "fresh"
            fresh.mkdir()
            _unpack(_package(VERSIONS[release], Path(folder)), fresh)
            with suppress(OSError):  # another test run was quicker
                fresh.rename(ready)
    return ready / "chromium"


def _package(version: str, folder: Path) -> Path:
    npm = needs("node").with_name("npm")
    if not npm.exists():
        pytest.skip("npm is not installed, so no old Chromium can be had")
    command = [str(npm), "pack", "--silent", f"{PACKAGE}@{version}"]
    try:
        packed = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S, check=True
        )
    except subprocess.SubprocessError as error:
        pytest.skip(f"npm does not give {PACKAGE} {version}: {error}")
    return folder / packed.stdout.strip().splitlines()[-1]


def _unpack(package: Path, folder: Path) -> None:
    """The programs lie compressed in its folder `bin`, beside the libraries for drawing."""
    with tarfile.open(package) as archive:
        for name in ("chromium", "swiftshader.tar"):
            source = archive.extractfile(f"package/bin/{name}.br")
            assert source is not None
            (folder / f"{name}.br").write_bytes(source.read())
    for name in ("swiftshader.tar", "chromium"):
        unpack = [str(needs("node")), "-e", UNPACK, str(folder / f"{name}.br"), str(folder / name)]
        subprocess.run(unpack, check=True)
    with tarfile.open(folder / "swiftshader.tar") as libraries:
        libraries.extractall(folder, filter="data")
