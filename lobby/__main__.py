"""The command line: finds out what is asked for and hands it to the module of that command."""

import sys
from collections.abc import Sequence
from importlib import import_module

from lobby.console.arguments import parser
from lobby.console.errors import CommandError


def main() -> None:
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 1 done and found wanting, 2 not done, with one sentence why."""
    options = parser().parse_args(arguments)
    # Loaded here, so that `lobby --help` does not wait for a web server to be imported.
    command = import_module(f"lobby.console.{options.command}")
    try:
        code: int = command.run(options)
    except CommandError as error:
        print(f"lobby {options.command}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    main()
