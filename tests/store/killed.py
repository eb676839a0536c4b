"""A process that is killed at its n-th step, and what it leaves behind."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

STEPS = frozenset({"open", "os.rename", "os.link", "os.remove", "sqlite3.connect"})
"""What changes a folder or opens a file in it."""


def killed_at(step: int, folder: Path, work: Callable[[], object]) -> bool:
    """Run `work` in a process of its own that is killed (-9) before it takes this step on a file of
    the folder, or sends this statement to a database. False where it ended before."""
    child = os.fork()
    if child == 0:
        _die_at(step, folder)
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), "it was killed or it ended well"
    return status == signal.SIGKILL


def _die_at(step: int, folder: Path) -> None:
    left = step

    def count_down() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(name: str, arguments: tuple[Any, ...]) -> None:
        if name in STEPS and any(str(folder) in str(each) for each in arguments):
            count_down()

    event.listen(Engine, "before_cursor_execute", lambda *_arguments: count_down())
    sys.addaudithook(audit)
