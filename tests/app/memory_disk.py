"""Where a run of the tests keeps its files: in memory, where the machine has room for them.

A database that flushes to a disk waits about 4 ms at each commit, and nearly every test opens one.
What is tested is the same: a process that is killed leaves in memory what it would leave on a disk,
and what a power cut leaves is tried apart from this, from a record of each write and flush.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM_BYTES = 4 * 1024**3
KEPT_BETWEEN_RUNS = "LOBBY_TEST_CACHE"


def keep_files_in_memory() -> None:
    """For this process and all that it starts; a `TMPDIR` that somebody chose stays as it is."""
    if "TMPDIR" in os.environ or not has_room(MEMORY):
        return
    os.environ.setdefault(KEPT_BETWEEN_RUNS, tempfile.gettempdir())
    folder = MEMORY / f"lobby-tests-{os.getuid()}"
    folder.mkdir(mode=0o711, exist_ok=True)  # the server of a database is another user
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)


def has_room(folder: Path) -> bool:
    """Whether it may be written to, may hold programs, and has `ROOM_BYTES` free."""
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        return False
    holds_programs = not os.statvfs(folder).f_flag & os.ST_NOEXEC
    return holds_programs and shutil.disk_usage(folder).free >= ROOM_BYTES
