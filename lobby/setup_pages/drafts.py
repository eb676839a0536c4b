"""What a section's page reads of a branch, and what somebody's form says of it: in a worker's
thread, for a set-up is read whole each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from lobby.setup.base import LOADED, versions_of
from lobby.setup.changes import Change, differences, from_text
from lobby.setup.holding import held_on, taken_back
from lobby.setup_pages.asking import SetUpRequest
from lobby.setup_pages.fields import fields
from lobby.setup_pages.history import Shown, VersionView, names_of, shown_of, version_views
from lobby.setup_pages.section import Fields, Mistakes, Section, filled
from lobby.store.set_up import SetUpVersion
from lobby.store.store import Connection


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds on a day. `view` is the section's own, `typed` what its form says then; `days` are
    today and those on which a change of this section begins; `newest` is the last change of all."""

    view: Any
    typed: Fields
    days: tuple[date, ...]
    newest: int
    changes: list[VersionView]
    shown: Shown


@dataclass(frozen=True, slots=True)
class Draft:
    """`shown` is what the form said when it was sent out, `mine` what it says now."""

    shown: Fields
    mine: Fields
    wished: tuple[Change, ...] | Mistakes


async def standing(
    asked: SetUpRequest, section: Section, on: date, older_than: int | None = None
) -> Standing:
    """Raises `SetUpRefusedError` for a branch without a catalogue."""
    read = partial(_standing, asked=asked, section=section, on=on, older_than=older_than)
    return await asked.services.store.read(read)


async def draft(
    asked: SetUpRequest, section: Section, on: date, seen: int | None, sent: Fields
) -> Draft:
    """Measured against what whoever sends it has seen, so that nothing that they left alone is
    written. Raises `SetUpRefusedError`."""
    read = partial(_draft, asked=asked, section=section, on=on, seen=seen, sent=sent)
    return await asked.services.store.read(read)


def _standing(
    connection: Connection, asked: SetUpRequest, section: Section, on: date, older_than: int | None
) -> Standing:
    today, versions = asked.today, _versions(connection, asked)
    tree = held_on(versions, on).tree
    these = shown_of(versions, older_than, section)
    return Standing(
        view=section.rows(tree, asked.language),
        typed=section.typed(tree),
        days=(today, *_days_to_come(versions, section, today)),
        newest=versions[-1].id,
        changes=version_views(
            versions,
            these,
            known=fields(tree, on, tree["profile"]),
            names=names_of(connection, these.versions),
            today=today,
            language=asked.language,
        ),
        shown=these,
    )


def _draft(
    connection: Connection,
    *,
    asked: SetUpRequest,
    section: Section,
    on: date,
    seen: int | None,
    sent: Fields,
) -> Draft:
    versions = _versions(connection, asked)
    known = [each for each in versions if seen is None or each.id <= seen or each.actor == LOADED]
    base = held_on(known, on).tree
    shown = section.typed(base)
    mine = filled(shown, sent)
    wanted = section.changed(base, mine)
    if isinstance(wanted, Mistakes):
        return Draft(shown, mine, wanted)
    return Draft(shown, mine, tuple(each.change for each in differences(base, wanted)))


def _versions(connection: Connection, asked: SetUpRequest) -> list[SetUpVersion]:
    return versions_of(connection, asked.plan.id, asked.today, asked.services.clock.now())


def _days_to_come(versions: Sequence[SetUpVersion], section: Section, today: date) -> list[date]:
    undone = taken_back(versions, date.max)
    return sorted(
        {
            each.valid_from
            for each in versions
            if each.valid_from > today
            and each.id not in undone
            and section.is_about(from_text(each.changes))
        }
    )
