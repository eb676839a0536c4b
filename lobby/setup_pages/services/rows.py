"""What the list of services shows: those of the branch, and those that came with the program and
that it may offer as well."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from lobby.catalogue.file_tree import Tree, tree_of
from lobby.catalogue.reading import DEMO, read_branch_file
from lobby.i18n.texts import mark, texts
from lobby.setup.changes import ABSENT, Change, value_at
from lobby.setup.shipped import without_price
from lobby.setup_pages.services.words import fee_of, part_word

OFFERED = mark("Offered from now on")
NOT_OFFERED = mark("Not offered")
ADDED = mark("Added")
REMOVED = mark("Removed")
FIRST_SCREEN = mark("First screen of the kiosk")


@dataclass(frozen=True, slots=True)
class Row:
    """`tick` is the name of the field that says whether it is offered."""

    code: str
    name: str
    letter: str
    minutes: float
    fee: str
    tick: str
    is_known: bool


def rows(tree: Tree, language: str) -> tuple[Row, ...]:
    """Those with a letter by their letters, as on a kiosk, then those without a line."""
    known = {each["code"] for each in tree["services"]}
    found = [
        Row(
            code=each["code"],
            name=each["names"][language],
            letter=each.get("prefix", ""),
            minutes=each["minutes"],
            fee=fee_of(tree, each, language),
            tick=f"is_offered_{each['code']}",
            is_known=each["code"] in known,
        )
        for each in every(tree)
    ]
    return tuple(sorted(found, key=lambda row: (not row.letter, row.letter, row.code)))


def typed(tree: Tree) -> dict[str, str]:
    known = {each["code"]: each for each in tree["services"]}
    return {
        f"is_offered_{each['code']}": "on" if _is_offered(known.get(each["code"])) else ""
        for each in every(tree)
    }


def every(tree: Tree) -> Iterator[Mapping[str, Any]]:
    """Those of the branch, and those that it may add."""
    yield from tree["services"]
    known = {each["code"] for each in tree["services"]}
    for each in shipped():
        if each["code"] not in known:
            yield _with_fees_of(tree, each)


@cache
def shipped() -> tuple[Tree, ...]:
    """The services that came with the program, with texts in every language."""
    return tuple(tree_of(read_branch_file(DEMO))["services"])


def told(change: Change, before: Tree, language: str) -> str | None:
    say = texts(language).gettext
    match change.path:
        case ("routine",):
            return say(FIRST_SCREEN)
        case ("services", code):
            was = value_at(before, change.path)
            known = change.value if change.value is not ABSENT else was
            what = say(REMOVED if change.value is ABSENT else ADDED)
            return f"{_name(known, code, language)}: {what}"
        case ("services", code, *rest):
            service = value_at(before, ("services", code))
            name = _name(service, code, language)
            if rest == ["offered"]:
                return f"{name}: {say(OFFERED if change.value else NOT_OFFERED)}"
            was = value_at(before, change.path)
            return f"{name}, {part_word(rest, was, change.value, language)}"
    return None


def _name(service: Any, code: str, language: str) -> str:
    if not isinstance(service, Mapping):
        return code
    return f"{code} {service['names'][language]}"


def _is_offered(service: Mapping[str, Any] | None) -> bool:
    return service is not None and service.get("offered", True)


def _with_fees_of(tree: Tree, service: Tree) -> Tree:
    """Without a price that nobody of the bank has typed."""
    fees = service["fees"].items()
    return {**service, "fees": {key: without_price(fee, tree["profiles"]) for key, fee in fees}}
