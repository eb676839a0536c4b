"""Every command with its options, in one place and quick to load."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROLES = ("teller", "lobby_manager", "branch_head", "administrator")
DEVICE_KINDS = ("kiosk", "display")
LANGUAGES = ("zh", "vi", "en")
PORT_MAX = 65_535


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="lobby", description="The queue of a bank branch: kiosk, counters, displays, reports."
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (sentence, options) in COMMANDS.items():
        options(commands.add_parser(name, help=sentence, description=sentence))
    return top


def speed(text: str) -> float:
    value = float(text)
    if not 0 < value <= 10_000:
        raise argparse.ArgumentTypeError(f"{text} is no speed from above 0 to 10000")
    return value


def pace(text: str) -> float | None:
    return None if text == "max" else speed(text)


def port(text: str) -> int:
    value = int(text)
    if not 1 <= value <= PORT_MAX:
        raise argparse.ArgumentTypeError(f"{text} is no port from 1 to {PORT_MAX}")
    return value


def _nothing(_command: argparse.ArgumentParser) -> None:
    """Everything comes from the settings."""


def _demo(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--speed", type=speed, default=10.0, help="how fast its clock runs (default: 10)"
    )
    command.add_argument("--seed", type=int, default=1, help="another number is another day")
    command.add_argument("--port", type=port, default=8080, help="default: 8080")
    command.add_argument(
        "--branch", type=Path, metavar="FILE", help="a branch of your own, as a TOML file"
    )


def _replay(command: argparse.ArgumentParser) -> None:
    command.add_argument("log", type=Path, metavar="LOG.csv.gz")
    command.add_argument("--date", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    command.add_argument(
        "--speed",
        type=pace,
        default=None,
        metavar="N|max",
        help="N times as fast as that day, or as fast as answers come (default)",
    )
    command.add_argument("--first", type=int, metavar="N", help="only the day's first N customers")
    command.add_argument("--json", action="store_true", help="one JSON object in place of a table")


def _migrate(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--branch", type=Path, metavar="FILE", help="load a branch's set-up from this TOML file"
    )


def _backup(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="where the copy goes; never overwritten")


def _restore(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="a copy made by `lobby backup`")
    command.add_argument(
        "--yes", action="store_true", help="also where there is a database now; it is kept beside"
    )


def _pair(command: argparse.ArgumentParser) -> None:
    command.add_argument("--branch", metavar="ID", help="needed where there are several")
    command.add_argument("--kind", choices=DEVICE_KINDS, required=True)
    command.add_argument("--name", required=True, help="for people: `Kiosk at the entrance`")
    command.add_argument("--language", choices=LANGUAGES, help="default: the branch's")


def _user(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="somebody new")
    add.add_argument("username")
    add.add_argument("--role", choices=ROLES, required=True)
    add.add_argument("--name", help="as colleagues know them; default: the username")
    add.add_argument("--branch", metavar="ID", help="needed where there are several")
    add.add_argument("--language", choices=LANGUAGES, help="default: the branch's")
    listing = actions.add_parser("list", help="everybody who can sign in")
    listing.add_argument("--branch", metavar="ID", help="only of this branch")
    password = actions.add_parser("password", help="a new password; ends open sign-ins")
    password.add_argument("username")
    remove = actions.add_parser("remove", help="somebody leaves; what they did stays")
    remove.add_argument("username")
    for action in (add, password):
        action.add_argument(
            "--generate", action="store_true", help="draw a password and print it once"
        )


Options = Callable[[argparse.ArgumentParser], None]

COMMANDS: dict[str, tuple[str, Options]] = {
    "serve": ("serve the branch until told to stop", _nothing),
    "demo": ("show a branch with customers and tellers at work", _demo),
    "replay": ("play a recorded day and compare its waits", _replay),
    "migrate": ("make the database, or bring it to this version", _migrate),
    "backup": ("copy the database, consistently, while the branch is open", _backup),
    "restore": ("put such a copy back", _restore),
    "pair": ("make the code with which a kiosk or display joins", _pair),
    "user": ("add, list and remove the people who sign in", _user),
}
