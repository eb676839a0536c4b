"""Every command with its options, in one place and quick to load."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from lobby.console.arguments_user import user_options
from lobby.i18n.languages import LANGUAGES

DEVICE_KINDS = ("kiosk", "display")
RULES = ("rule-a", "first-come", "strict")
PORT_MAX = 65_535
DAYS_MAX = 2_000
NUMBERS_MAX = 9_999
OVERTAKES_MAX = 1_000
LOAD_MAX = 1.5
HISTORY_MAX = 730


Adding = argparse.ArgumentParser | argparse._ArgumentGroup


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
    return whole(text, "port", 1, PORT_MAX)


def days(text: str) -> int:
    return whole(text, "number of days", 1, DAYS_MAX)


def overtakes(text: str) -> int:
    return whole(text, "number of people", 0, OVERTAKES_MAX)


def seed(text: str) -> int:
    return whole(text, "seed", 0, 2**32)


def days_of_history(text: str) -> int:
    return whole(text, "number of days", 0, HISTORY_MAX)


def whole(text: str, noun: str, least: int, most: int) -> int:
    value = int(text) if text.isdecimal() else least - 1
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"{text} is no {noun} from {least} to {most}")
    return value


def last_number(text: str) -> tuple[str, int]:
    """A series and its highest number: `A=37`, also as it stands on paper, `A=A037`."""
    prefix, _, last = text.partition("=")
    ordinal = last.removeprefix(prefix)
    if len(prefix) != 1 or not prefix.isupper() or not ordinal.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is no last number; write one as A=37")
    return prefix, whole(ordinal, "number", 0, NUMBERS_MAX)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        sentence = f"{text} is no day; write one as 1999-03-08"
        raise argparse.ArgumentTypeError(sentence) from None


def load(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= LOAD_MAX:
        raise argparse.ArgumentTypeError(f"{text} is no load from above 0 to {LOAD_MAX}")
    return value


def rule(text: str) -> str:
    """Also `a`, for short."""
    name = "rule-a" if text == "a" else text
    if name not in RULES:
        raise argparse.ArgumentTypeError(f"{text} is no calling rule; there are {', '.join(RULES)}")
    return name


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
    command.add_argument(
        "--history",
        type=days_of_history,
        default=0,
        metavar="DAYS",
        help=f"so many days before today, up to {HISTORY_MAX}, for the reports (default: none)",
    )


def _replay(command: argparse.ArgumentParser) -> None:
    command.add_argument("log", type=Path, metavar="LOG.csv.gz")
    command.add_argument("--date", type=day, required=True, metavar="YYYY-MM-DD")
    command.add_argument(
        "--speed",
        type=pace,
        default=None,
        metavar="N|max",
        help="N times as fast as that day, or as fast as answers come (default)",
    )
    command.add_argument("--first", type=int, metavar="N", help="only the day's first N customers")
    command.add_argument("--json", action="store_true", help="one JSON object in place of a table")
    rules = command.add_argument_group(
        "calling rules", "With --rule the day is not replayed but called anew, by two rules."
    )
    rules.add_argument(
        "--branch",
        metavar="FILE|ID",
        help="whose promises hold: a branch as a TOML file, `demo`, or its id in the database",
    )
    _two_rules(rules, None, None)


def _simulate(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "branch", metavar="CONFIG", help="a branch as a TOML file, or `demo` for the one that comes"
    )
    command.add_argument("--days", type=days, required=True, metavar="N", help="working days")
    command.add_argument("--seed", type=seed, default=1, help="another number is other days")
    command.add_argument(
        "--load", type=load, default=0.85, help="how busy the counters are (default: 0.85)"
    )
    _two_rules(command, "rule-a", "first-come")
    command.add_argument("--json", action="store_true", help="one JSON object in place of a table")


def _two_rules(options: Adding, ours: str | None, theirs: str | None) -> None:
    for name, standard in (("--rule", ours), ("--against", theirs)):
        options.add_argument(
            name,
            type=rule,
            default=standard,
            metavar="RULE",
            help=f"{', '.join(RULES)}" + (f" (default: {standard})" if standard else ""),
        )
    options.add_argument(
        "--overtakes-max",
        type=overtakes,
        metavar="N",
        help="how many who came later may pass somebody by --rule rule-a (default: the branch's)",
    )


def _migrate(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--branch", type=Path, metavar="FILE", help="load a branch's set-up from this TOML file"
    )


def _backup(command: argparse.ArgumentParser) -> None:
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument("file", type=Path, nargs="?", help="where the copy goes; never overwritten")
    where.add_argument(
        "--schedule",
        type=Path,
        metavar="FOLDER",
        help="one more copy into this folder, named by its time, and fewer old ones: all of two "
        "days, one a day for a month, one a month for a year; for a timer of the system",
    )
    where.add_argument(
        "--new-key", type=Path, metavar="FILE", help="make a key for encrypted copies, and no copy"
    )
    command.add_argument(
        "--recipient",
        metavar="age1...",
        help="encrypt the copies in the folder for the holder of this key "
        "(default: LOBBY_BACKUP_RECIPIENT)",
    )


def _restore(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="a copy made by `lobby backup`")
    command.add_argument(
        "--key", type=Path, metavar="FILE", help="the key of a copy that is encrypted (.age)"
    )
    command.add_argument(
        "--yes", action="store_true", help="also where there is a database now; it is kept beside"
    )
    command.add_argument(
        "--last-number",
        action="append",
        type=last_number,
        metavar="A=37",
        help="the highest number of a series that was given out today, on paper; may be repeated",
    )


def _check(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="one line for a machine")


def _config(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    sentence = "name every mistake of a branch's file; needs no database"
    check = actions.add_parser("check", help=sentence, description=sentence)
    check.add_argument("file", type=Path, metavar="FILE")
    sentence = "write what holds at a branch as its file, in an order that stays"
    export = actions.add_parser("export", help=sentence, description=sentence)
    export.add_argument("file", type=Path, metavar="FILE", nargs="?", help="default: the screen")
    sentence = "compare a file with another one, or with what holds; 1 where they differ"
    diff = actions.add_parser("diff", help=sentence, description=sentence)
    diff.add_argument("file", type=Path, metavar="FILE")
    diff.add_argument("other", type=Path, metavar="OTHER", nargs="?")
    sentence = "take a file as a change of its branch, also while the branch is open"
    taking = actions.add_parser("import", help=sentence, description=sentence)
    taking.add_argument("file", type=Path, metavar="FILE")
    taking.add_argument("--reason", default="", help="why, for whoever reads the record")
    for action in (export, diff):
        action.add_argument("--branch", metavar="ID", help="needed where there are several")
    for action, meant in (
        (export, "what holds on that day"),
        (diff, "what holds on that day"),
        (taking, "from that day on; default: the file's own, or today"),
    ):
        action.add_argument("--day", type=day, metavar="YYYY-MM-DD", help=meant)


def _pair(command: argparse.ArgumentParser) -> None:
    command.add_argument("--branch", metavar="ID", help="needed where there are several")
    command.add_argument("--kind", choices=DEVICE_KINDS, required=True)
    command.add_argument("--name", required=True, help="for people: `Kiosk at the entrance`")
    command.add_argument("--language", choices=LANGUAGES, help="default: the branch's")


def _reports(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    sentence = "write the sums of past days anew from their visits, also while the branch is open"
    rebuild = actions.add_parser("rebuild", help=sentence, description=sentence)
    rebuild.add_argument("--branch", metavar="ID", help="only of this branch")
    rebuild.add_argument(
        "--from", dest="first", type=day, metavar="YYYY-MM-DD", help="from this day on"
    )


Options = Callable[[argparse.ArgumentParser], None]

COMMANDS: dict[str, tuple[str, Options]] = {
    "serve": ("serve the branch until told to stop", _nothing),
    "demo": ("show a branch with customers and tellers at work", _demo),
    "replay": ("play a recorded day and compare its waits", _replay),
    "simulate": ("compare two calling rules on simulated days", _simulate),
    "migrate": ("make the database, or bring it to this version", _migrate),
    "config": ("check, export, compare and import a branch's set-up as a file", _config),
    "backup": ("copy the database, consistently, while the branch is open", _backup),
    "restore": ("put such a copy back", _restore),
    "check": ("hold the record against itself, also while the branch is open", _check),
    "reports": ("repair the sums by which long periods are told", _reports),
    "pair": ("make the code with which a kiosk or display joins", _pair),
    "user": ("add, change, lock and list the people who sign in", user_options),
}
