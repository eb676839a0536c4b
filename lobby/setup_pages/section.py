"""A section of a branch's set-up: one subject, on a page of its own.

What a section knows is pure: it makes a form's texts of a tree, and another tree of a form's texts.
Days, reasons, people and what others did meanwhile are the same for all of them (`drafts`, `acts`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from lobby.catalogue.file_tree import Tree
from lobby.i18n.texts import texts
from lobby.setup.changes import Change, Path

Fields: TypeAlias = Mapping[str, str]
"""By the name of a form's field; a tick is `on`, or empty."""

TICK = "is_"
"""How the name of each tick begins: a browser sends nothing of one that is not set."""
ON = "on"


@dataclass(frozen=True, slots=True)
class Mistake:
    """`text` is the sentence's msgid, whose blanks are filled."""

    text: str
    blanks: Mapping[str, object] = field(default_factory=dict)

    def told(self, language: str) -> str:
        return texts(language).gettext(self.text) % self.blanks


@dataclass(frozen=True, slots=True)
class Mistakes:
    """By the field that they are about."""

    of: Mapping[str, Mistake]


@dataclass(frozen=True, slots=True)
class Section:
    """`path` is its address behind /setup/, `template` its page.

    `rows` gives what the page shows of a tree in a language, `typed` what its form says when nobody
    has typed, `changed` the tree that is wished. `about` are the paths
    of its values; `field_of` names the field in which a value is typed, empty where there is none;
    `told` says a change in words of a language, or None where it is not this section's.
    """

    path: str
    template: str
    title: str
    about: tuple[Path, ...]
    rows: Callable[[Tree, str], Any]
    typed: Callable[[Tree], Fields]
    changed: Callable[[Tree, Fields], Tree | Mistakes]
    field_of: Callable[[Path], str]
    told: Callable[[Change, Tree, str], str | None]

    def is_about(self, changes: Iterable[Change]) -> bool:
        return any(change.touches(path) for change in changes for path in self.about)


def filled(shown: Fields, sent: Fields) -> dict[str, str]:
    """What the form says: each field that was shown, as it was sent. A field that was not sent is
    as it was shown, but for a tick, which is not set."""
    return {
        name: sent.get(name, "" if name.startswith(TICK) else text) for name, text in shown.items()
    } | {name: text for name, text in sent.items() if name not in shown}


@dataclass(frozen=True, slots=True)
class Merged:
    """A form after others have changed the same: what was typed stays, what was left alone is as it
    is now; `beside` has the fields of which both is true, with what stands there now."""

    fields: Mapping[str, str]
    beside: Mapping[str, str]


def merged(shown: Fields, now: Fields, mine: Fields) -> Merged:
    touched = {name for name, text in mine.items() if text != shown.get(name, "")}
    beside = {
        name: now[name]
        for name in sorted(touched & now.keys())
        if now[name] != shown.get(name, "") and now[name] != mine[name]
    }
    return Merged({**now, **{name: mine[name] for name in touched}}, beside)
