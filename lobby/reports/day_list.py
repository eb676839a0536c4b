"""The days of the list: those with visits, and why the others have none."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from lobby.i18n.texts import mark
from lobby.queueing.model.plan import Plan
from lobby.reports.reading import readable
from lobby.screens.opening import RETAIL, hours_of_day
from lobby.store.day_plans import catalogues_of_days, first_day, opened_among
from lobby.store.visits import days_with_visits
from lobby.triage.catalogue import Catalogue
from lobby.triage.hours import special_day
from lobby.web.services import Services

DAYS_MAX = 366
"""So far back the days without visits are told: a year; further back only those with."""


class DayKind(StrEnum):
    """`HOLIDAY`: closed on a special day of the set-up. `EMPTY`: open, and nobody came. `NO_DATA`:
    it should have been open, and nothing ran."""

    VISITS = "visits"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    EMPTY = "empty"
    NO_DATA = "no_data"


KINDS: Mapping[DayKind, str] = {
    DayKind.CLOSED: mark("Closed that day"),
    DayKind.HOLIDAY: mark("Holiday"),
    DayKind.EMPTY: mark("Open, and nobody came"),
    DayKind.NO_DATA: mark("No data"),
}


@dataclass(frozen=True, slots=True)
class ListedDay:
    day: date
    kind: DayKind


async def past_days(services: Services, plan: Plan, today: date) -> list[ListedDay]:
    """Newest first, up to yesterday, without a gap since the first day of which anything is known;
    a branch whose hours nobody has set is never closed."""
    known, first = await services.store.read(
        lambda connection: (days_with_visits(connection, plan.id), first_day(connection, plan.id))
    )
    without = list(_without(set(known), min((*known, first or today)), today))
    kinds = await services.store.read(lambda connection: kinds_of(connection, plan.id, without))
    listed = [ListedDay(day, DayKind.VISITS) for day in known if day < today]
    listed += [ListedDay(day, kinds[day]) for day in without]
    return sorted(listed, key=lambda each: each.day, reverse=True)


def kinds_of(connection: Any, branch_id: str, days: Collection[date]) -> dict[date, DayKind]:
    """Why these days have no visits."""
    hours = catalogues_of_days(connection, branch_id, days)
    opened = opened_among(connection, branch_id, days)
    return {day: _kind(day, hours[day], opened) for day in days}


def _without(known: Collection[date], first: date, today: date) -> Iterator[date]:
    begin = max(first, today - timedelta(days=DAYS_MAX))
    for index in range((today - begin).days):
        if (day := begin + timedelta(days=index)) not in known:
            yield day


def _kind(day: date, text: str | None, opened: Collection[date]) -> DayKind:
    catalogue = _read(text) if text is not None else None
    if catalogue is not None and not hours_of_day(catalogue, day):
        is_special = special_day(catalogue.special_days, day, RETAIL) is not None
        return DayKind.HOLIDAY if is_special else DayKind.CLOSED
    return DayKind.EMPTY if day in opened else DayKind.NO_DATA


@lru_cache(maxsize=16)
def _read(text: str) -> Catalogue | None:
    """Read once for each text: a year has a few."""
    return readable(text)
