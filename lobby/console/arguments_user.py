"""The options of `lobby user`, quick to load."""

import argparse
from pathlib import Path

from lobby.i18n.languages import LANGUAGES

ROLES = ("teller", "lobby_manager", "branch_head", "administrator", "auditor")
PEOPLE_COLUMNS = ("username", "name", "role", "branch", "language")


def user_options(command: argparse.ArgumentParser) -> None:
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
    for name, sentence in (
        ("lock", "shut somebody out at once"),
        ("unlock", "let somebody in again who was locked or removed"),
        ("remove", "somebody leaves; what they did stays"),
    ):
        actions.add_parser(name, help=sentence).add_argument("username")
    _user_import(actions)
    for action in (add, password):
        action.add_argument(
            "--generate", action="store_true", help="draw a password and print it once"
        )


def _user_import(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sentence = "people from a spreadsheet (CSV or XLSX), all of them or none"
    several = actions.add_parser("import", help=sentence, description=sentence)
    several.add_argument("file", type=Path, metavar="FILE")
    several.add_argument(
        "--yes", action="store_true", help="do it; otherwise only what would be done is told"
    )
    several.add_argument(
        "--column",
        action="append",
        type=column,
        default=[],
        metavar="role=Post",
        help="which title stands for which column, where it is not known; may be repeated",
    )
    several.add_argument(
        "--passwords",
        type=Path,
        metavar="FILE",
        help="where the passwords for the first sign-in go, as CSV; otherwise they are printed",
    )
    template = actions.add_parser("template", help="an empty spreadsheet to fill in")
    template.add_argument("file", type=Path, metavar="FILE.xlsx|FILE.csv")


def column(text: str) -> tuple[str, str]:
    """A column and the title it has in a table: `role=Post`."""
    key, _, title = text.partition("=")
    if key not in PEOPLE_COLUMNS or not title:
        known = ", ".join(PEOPLE_COLUMNS)
        raise argparse.ArgumentTypeError(f"{text} is no column; write role=Post; there are {known}")
    return key, title
