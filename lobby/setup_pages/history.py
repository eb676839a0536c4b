"""What the page says of changes: who made them, from when they hold, and what was and will be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lobby.catalogue.file_tree import Tree
from lobby.i18n.formats import long_date, money
from lobby.i18n.texts import mark, texts
from lobby.setup.changes import ABSENT, Change, from_text, value_at
from lobby.setup.holding import tree_on
from lobby.setup.refusals import SetUpRefusedError
from lobby.setup_pages.days import SPECIAL, day_in
from lobby.setup_pages.fields import DIALS, Field, Kind
from lobby.setup_pages.section import Section
from lobby.setup_pages.sections import SECTIONS
from lobby.store.accounts import account_by_id
from lobby.store.set_up import SetUpVersion
from lobby.store.store import Connection
from lobby.triage.situation import Dial

SHOWN_MAX = 30
CHANGES_SHOWN_MAX = 12
MINUTES = mark("%(minutes)s min")
CLOSED = mark("Closed on %(day)s")
OPEN_AGAIN = mark("Not closed on %(day)s any more")
OTHER = mark("Something else in the set-up")


@dataclass(frozen=True, slots=True)
class VersionView:
    """`lines` say what changed; `more` are left out."""

    id: int
    valid_from: date
    at: datetime
    by: str
    reason: str
    lines: tuple[str, ...]
    more: int
    is_coming: bool
    is_undone: bool
    undoes: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Some changes of a branch, newest first; `older` is how many were made before them."""

    versions: tuple[SetUpVersion, ...]
    older: int

    @property
    def oldest(self) -> int:
        return self.versions[-1].id


def shown_of(
    versions: Sequence[SetUpVersion], older_than: int | None, section: Section | None = None
) -> Shown:
    """Without what was loaded from files; those of one section, where one is named."""
    newest_first = [
        each
        for each in reversed(versions[1:])
        if (older_than is None or each.id < older_than)
        and (section is None or section.is_about(_changes_of(each, versions)))
    ]
    return Shown(tuple(newest_first[:SHOWN_MAX]), max(0, len(newest_first) - SHOWN_MAX))


def _changes_of(version: SetUpVersion, versions: Sequence[SetUpVersion]) -> tuple[Change, ...]:
    """What takes back another is about what that one changed."""
    while version.takes_back is not None:
        version = next(each for each in versions if each.id == version.takes_back)
    return from_text(version.changes)


def version_views(
    versions: Sequence[SetUpVersion],
    these: Shown,
    *,
    known: Sequence[Field],
    names: Mapping[str, str],
    today: date,
    language: str,
) -> list[VersionView]:
    """`versions` are all of the branch, `names` people's, by actor."""
    undone = {each.takes_back for each in versions if each.takes_back is not None}
    by_id = {each.id: each for each in versions}
    found = []
    for version in these.versions:
        about = by_id.get(version.takes_back or 0, version)
        lines = _lines(versions, about, known, language)
        found.append(
            VersionView(
                id=version.id,
                valid_from=version.valid_from,
                at=version.at,
                by=names.get(version.actor, version.actor.partition("/")[2]),
                reason=version.reason,
                lines=tuple(lines[:CHANGES_SHOWN_MAX]),
                more=max(0, len(lines) - CHANGES_SHOWN_MAX),
                is_coming=version.valid_from > today,
                is_undone=version.id in undone,
                undoes=version.takes_back,
            )
        )
    return found


def names_of(connection: Connection, versions: Sequence[SetUpVersion]) -> dict[str, str]:
    """Of the people among those who made these changes, by actor."""
    found = {}
    for actor in {each.actor for each in versions}:
        kind, _, who = actor.partition("/")
        if kind == "staff" and who.isdecimal():
            account = account_by_id(connection, staff_id=int(who))
            if account is not None:
                found[actor] = account.staff.name
    return found


def shown(field: Field, value: Any, language: str) -> str:
    say = texts(language).gettext
    if field.kind is Kind.DIAL:
        return say(DIALS[Dial(value)])
    if field.kind is Kind.AMOUNT:
        return money(value, field.currency, language)
    return say(MINUTES) % {"minutes": value}


def _lines(
    versions: Sequence[SetUpVersion], version: SetUpVersion, known: Sequence[Field], language: str
) -> list[str]:
    """Each value that changed, in words where the page has words for it."""
    before = _before(versions, version)
    by_path = {field.path: field for field in known}
    lines = [
        _line(change, before, by_path.get(change.path), language)
        for change in from_text(version.changes)
    ]
    return list(dict.fromkeys(lines))


def _before(versions: Sequence[SetUpVersion], version: SetUpVersion) -> Tree:
    try:
        return tree_on([each for each in versions if each.id < version.id], version.valid_from)
    except SetUpRefusedError:
        return {}


def _line(change: Change, before: Tree, field: Field | None, language: str) -> str:
    say = texts(language).gettext
    if field is not None:
        old = value_at(before, field.path)
        label = say(field.label) if field.label else say(DIAL)
        new = shown(field, change.value, language)
        return f"{label}: {shown(field, old, language)} → {new}" if old is not ABSENT else new
    if change.path[:-1] == SPECIAL:
        day = day_in(change.path[-1][:10])
        pattern = OPEN_AGAIN if change.value is ABSENT else CLOSED
        if day is not None and (change.value is ABSENT or change.value.get("open") == []):
            return say(pattern) % {"day": long_date(day, language)}
    told = (section.told(change, before, language) for section in SECTIONS)
    return next((line for line in told if line), say(OTHER))


DIAL = mark("The machine on the kiosk")
