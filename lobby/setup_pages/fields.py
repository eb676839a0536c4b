"""What the page of a branch's set-up shows and changes: limits, the machine's offer, promises, and
days on which the branch is closed; each with its place in the tree and how it is typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from lobby import typed_text
from lobby.catalogue.file_tree import Tree
from lobby.i18n.texts import mark
from lobby.setup.changes import ABSENT, Change, Path, name_of, value_at
from lobby.setup.typed_amounts import ungrouped
from lobby.setup_pages.days import SPECIAL
from lobby.triage.situation import Dial

AMOUNT_DIGITS_MAX = 12
MINUTES_DIGITS_MAX = 3


class Kind(StrEnum):
    AMOUNT = "amount"
    MINUTES = "minutes"
    DIAL = "dial"


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is that of the form's field; `value` is what holds."""

    name: str
    path: Path
    label: str
    kind: Kind
    value: Any
    currency: str = ""

    def read(self, text: str) -> Any:
        """None where it is nothing of this kind."""
        if self.kind is Kind.DIAL:
            return text if text in set(Dial) else None
        most = AMOUNT_DIGITS_MAX if self.kind is Kind.AMOUNT else MINUTES_DIGITS_MAX
        return typed_text.whole_number(ungrouped(text), digits_max=most)


DIALS: Mapping[Dial, str] = {
    Dial.INFORM: mark("Say that there are machines"),
    Dial.OFFER: mark("Offer the machine beside the counter"),
    Dial.SUGGEST: mark("Put the machine first where it is quicker"),
}

LIMITS: Mapping[str, str] = {
    "small": mark("First amount on the kiosk"),
    "cash": mark("Cash at the machines, up to"),
    "transfer": mark("Transfers at the machines, up to"),
    "large": mark("Large amounts, from"),
}

PROMISES: Mapping[str, str] = {
    "regular": mark("Everybody"),
    "assistance": mark("Who needs assistance"),
    "urgent": mark("Urgent"),
    "appointment": mark("With a booking"),
    "premium": mark("Personal service"),
}


def fields(tree: Tree, day: date, profile: str) -> tuple[Field, ...]:
    """Those that this branch has, in the order of the page; `profile` is its country's."""
    return (
        Field("dial", ("branch", "dial"), "", Kind.DIAL, tree["branch"]["dial"]),
        *_limits(tree, day, profile),
        *_promises(tree, day),
        _target(tree),
    )


def groups(found: Sequence[Field]) -> tuple[tuple[str, list[Field]], ...]:
    """As the page puts them together, each group with its title."""
    by_kind = {kind: [field for field in found if field.kind is kind] for kind in Kind}
    return (
        (MACHINES, [*by_kind[Kind.DIAL], *by_kind[Kind.AMOUNT]]),
        (WAITS, by_kind[Kind.MINUTES]),
    )


MACHINES = mark("Machines and amounts")
WAITS = mark("Promised waits")


def closed_days(tree: Tree) -> list[dict[str, Any]]:
    """The special days that are closed all day, first the next one."""
    days = tree.get("hours", {}).get("special_days", [])
    closed = [each for each in days if each.get("open") == [] and not each.get("whose")]
    return sorted(closed, key=lambda each: each["day"])


def closing(day: date) -> Change:
    return Change((*SPECIAL, day.isoformat()), {"day": day, "open": []})


def opening_again(special: Mapping[str, Any]) -> Change:
    return Change((*SPECIAL, name_of("special_days", special)), ABSENT)


def _target(tree: Tree) -> Field:
    value = tree["branch"]["target_min"]
    return Field("target_min", ("branch", "target_min"), TARGET, Kind.MINUTES, value)


TARGET = mark("Target of the reports' charts")


def _limits(tree: Tree, day: date, profile: str) -> Iterator[Field]:
    """Of each name the one that holds on this day."""
    country = tree.get("profiles", {}).get(profile, {})
    for name, label in LIMITS.items():
        begun = [
            each
            for each in country.get("limits", [])
            if each["name"] == name and each["valid_from"] <= day
        ]
        if begun:
            limit = max(begun, key=lambda each: each["valid_from"])
            place = ("profiles", profile, "limits", name_of("limits", limit), "amount")
            currency = country["currency"]
            yield Field(f"limit_{name}", place, label, Kind.AMOUNT, limit["amount"], currency)


def _promises(tree: Tree, day: date) -> Iterator[Field]:
    begun = [each for each in tree.get("rules", []) if each["valid_from"] <= day]
    if not begun:
        return
    rules = max(begun, key=lambda each: each["valid_from"])
    for name, label in PROMISES.items():
        place = ("rules", name_of("rules", rules), "promises", name, "within_min")
        value = value_at(tree, place)
        if value is not ABSENT:
            yield Field(f"promise_{name}", place, label, Kind.MINUTES, value)
