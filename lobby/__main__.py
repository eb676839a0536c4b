"""The command line: finds out what is asked for and hands it to the module of that command."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module

from lobby.console.arguments import parser
from lobby.console.errors import CommandError

FOR_OTHERS = 0o077
"""What people of a branch told is nobody else's on the computer: a file that a command makes, the
database, its log, a backup, is its user's alone."""

NOBODY_READS = 141
"""As the shell has it for a program that ends because nobody reads on, `lobby simulate | head`."""


def main() -> None:
    try:
        try:
            code = run(sys.argv[1:])
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = NOBODY_READS
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 1 done and found wanting, 2 not done, with one sentence why."""
    options = parser().parse_args(arguments)
    # Loaded here, so that `lobby --help` does not wait for a web server to be imported.
    command = import_module(f"lobby.console.{options.command}")
    try:
        with _files_for_oneself():
            code: int = command.run(options)
    except CommandError as error:
        print(f"lobby {options.command}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return code


@contextmanager
def _files_for_oneself() -> Iterator[None]:
    before = os.umask(FOR_OTHERS)
    try:
        yield
    finally:
        os.umask(before)


if __name__ == "__main__":
    main()
