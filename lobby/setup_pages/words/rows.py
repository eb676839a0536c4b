"""The branch's own words: its name and whom to telephone."""

from typing import Any

from lobby.catalogue.file_tree import Tree
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.setup.changes import ABSENT, Change, value_at

NAME = mark("Name of the branch")
PHONES = {
    "complaint_phone": mark("Telephone for complaints"),
    "blocking_phone": mark("Telephone to block a card"),
}


def rows(_tree: Tree, language: str) -> tuple[tuple[str, str], ...]:
    """The names of the telephones' fields, and their labels."""
    say = texts(language).gettext
    return tuple((name, say(label)) for name, label in PHONES.items())


def typed(tree: Tree) -> dict[str, str]:
    names = {f"name_{code}": tree["branch"]["names"][code] for code in LANGUAGES}
    return names | {name: tree[name] for name in PHONES}


def told(change: Change, before: Tree, language: str) -> str | None:
    say = texts(language).gettext
    was: Any = value_at(before, change.path)
    shown = "" if was is ABSENT else was
    match change.path:
        case ("branch", "names", code) if code in LANGUAGES:
            label = f"{say(NAME)}, {LANGUAGES[code].own_name}"
        case (name,) if name in PHONES:
            label = say(PHONES[name])
        case _:
            return None
    return f"{label}: {shown} → {change.value}"
