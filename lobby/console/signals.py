"""Stop signals as an ordinary end: whatever was begun is finished or put away first."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def orderly_end(exit_code: int) -> Iterator[None]:
    """Inside, SIGTERM unwinds the stack like Ctrl-C does, so that temporary files go."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(exit_code))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
