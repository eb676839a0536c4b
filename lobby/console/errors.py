"""Errors that end a command: each one sentence, whichever part raised it."""

from collections.abc import Iterator
from contextlib import contextmanager


class CommandError(Exception):
    """One sentence for the person at the command line: what is wrong and what to do."""


@contextmanager
def one_sentence(*known: type[Exception]) -> Iterator[None]:
    """Errors that carry their sentence end the command with it; all others are bugs."""
    try:
        yield
    except known as error:
        raise CommandError(str(error)) from error
