"""Parts of a service in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from lobby.catalogue.file_tree import Tree
from lobby.i18n.formats import long_date, money
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.setup.changes import ABSENT
from lobby.setup.typed_amounts import as_typed

FREE = mark("No fee")
MINUTES = mark("%(minutes)s min")
CHANNELS: Mapping[str, str] = {
    "counter": mark("At the counter"),
    "machine": mark("At the machine"),
    "phone": mark("With a phone"),
}
PARTS: Mapping[str, str] = {
    "names": mark("Its name"),
    "prefix": mark("Letter of its numbers"),
    "pool": mark("Queue"),
    "minutes": mark("Minutes for one customer"),
    "documents": mark("What to bring"),
    "steps": mark("Steps"),
    "fees": mark("Fees"),
    "amounts": mark("Amount"),
    "notes": mark("Note"),
    "source": mark("Where it is written"),
    "valid_from": mark("Holds since"),
}


def part_word(path: Sequence[str], was: Any, now: Any, language: str) -> str:
    """`Name (English): A → B`; texts of several lines are only named."""
    say = texts(language).gettext
    known = [say(CHANNELS.get(key, PARTS.get(key, ""))) for key in path if key in _KNOWN]
    own = [LANGUAGES[key].own_name for key in path if key in LANGUAGES]
    label = ", ".join([*known, *own]) or " / ".join(path)
    if isinstance(was, list | dict) or isinstance(now, list | dict) or ABSENT in {was, now}:
        return label
    return f"{label}: {_shown(was, language)} → {_shown(now, language)}"


_KNOWN = CHANNELS.keys() | PARTS.keys()


def fee_of(tree: Tree, service: Mapping[str, Any], language: str) -> str:
    """At the counter, in the money of the branch's country, or what is said in its place."""
    fee = service["fees"]["counter"]
    amount = fee["amounts"].get(tree["profile"], 0)
    if not amount:
        return fee["notes"].get(language) or texts(language).gettext(FREE)
    return money(amount, tree["profiles"][tree["profile"]]["currency"], language)


def _shown(value: Any, language: str) -> str:
    if hasattr(value, "isoformat"):
        return long_date(value, language)
    return as_typed(value) if isinstance(value, float) else str(value)
