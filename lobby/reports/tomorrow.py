"""Tomorrow, for the head of a branch: who is expected, what to change, which counters the coming
week needs, a roster to try out, and what became of the last advice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from lobby import typed_text
from lobby.planning.kept import NAME, KeptAdvice, as_text, from_text, kept_of, name_of
from lobby.planning.past import HALF_HOURS
from lobby.planning.roster import Roster, counter_hours, opened
from lobby.planning.service import DayPlanned, HoursOf, State
from lobby.planning.trial import Outcome
from lobby.queueing.model.plan import Plan
from lobby.reports import tomorrow_words as words
from lobby.reports.access import day_named, report_reader
from lobby.reports.figures import Figures
from lobby.reports.reading import read_day
from lobby.reports.week_map import clock_of
from lobby.screens.opening import COUNTERS, RETAIL, hours_of_day
from lobby.store.forecast_state import (
    Learned,
    load_forecast_state,
    newest_state,
    save_forecast_state,
)
from lobby.web.pages import language_of
from lobby.web.services import Services

DAYS_AHEAD = 14
"""Nobody makes a roster of single half hours for later."""

WEEK = 7
WAIT_S = 4.0
"""So long a page waits for its answer; after that it says that it is being worked out."""

LOOKS_AGAIN_S = 4

Needed = tuple[int | None, bool]
"""Counters, and whether they are more than usual."""


@dataclass(frozen=True, slots=True)
class Row:
    """One half hour of the day: the field of its counters is `name`."""

    index: int
    name: str
    clock: str
    people: float
    needed: int | None
    usual: int
    wanted: str
    kept: float | None
    of: float | None


async def tomorrow_page(request: Request) -> Response:
    services, staff, plan = await report_reader(request)
    figures = Figures(language_of(request, staff.language), plan)
    today = plan.business_day(services.clock.now())
    hours_of = _hours(services, plan)
    day = _day(request, today, hours_of)
    planned = await services.planning.day(plan, day, hours_of, wait_s=WAIT_S)
    await _keep(services, plan, planned)
    form = dict(request.query_params)
    roster, wrong = _roster(form, planned, len(plan.counters))
    tried = None
    if roster is not None and not wrong:
        tried = await services.planning.day(plan, day, hours_of, tried=roster, wait_s=2 * WAIT_S)
    week = [
        await services.planning.day(plan, each, hours_of)
        for each in _week(today)
        if planned.state not in (State.TOO_FEW, State.BUSY)
    ]
    is_working = any(
        each is not None and each.state is State.WORKING for each in (planned, tried, *week)
    )
    return services.pages.page(
        request,
        "reports/tomorrow.html",
        figures.language,
        422 if wrong else 200,
        plan=plan,
        figures=figures,
        day=day,
        is_tomorrow=day == today + timedelta(days=1),
        state=planned.state.value,
        learned_from=planned.learned_from,
        same_weekday=planned.forecast.same_weekday if planned.forecast else 0,
        expected=words.expected_sentences(planned.forecast, figures) if planned.forecast else (),
        sentences=words.advice_sentences(planned, len(plan.counters), figures),
        rows=_rows(planned, form, tried),
        most=len(plan.counters),
        wrong=wrong,
        tried=_tried(tried, planned, figures),
        week=[each for each in week if each.state is not State.CLOSED],
        week_rows=_week_rows(week),
        looks_again_s=LOOKS_AGAIN_S if is_working else None,
        became=await _became(services, plan, today, figures),
        clock=clock_of,
    )


def _hours(services: Services, plan: Plan) -> HoursOf:
    """When counters serve, by the set-up of today."""
    catalogue = services.catalogues.get(plan.id)
    if catalogue is None:
        return lambda _day: None
    whose = COUNTERS if COUNTERS in catalogue.hours else RETAIL
    return lambda day: hours_of_day(catalogue, day, whose)


def _day(request: Request, today: date, hours_of: HoursOf) -> date:
    """The next open one where none is named."""
    text = request.query_params.get("day", "")
    ahead = [today + timedelta(days=count) for count in range(1, DAYS_AHEAD + 1)]
    if not text:
        return next((each for each in ahead if hours_of(each) != ()), ahead[0])
    if (day := day_named(text)) not in ahead:
        raise HTTPException(404)
    return day


def _week(today: date) -> list[date]:
    return [today + timedelta(days=count) for count in range(1, WEEK + 1)]


def _roster(
    form: Mapping[str, str], planned: DayPlanned, most: int
) -> tuple[Roster | None, frozenset[str]]:
    """The roster that was typed, and the fields that hold no number of counters; None where none
    was. A half hour that was left out has the usual ones."""
    names = [words.field_name(index) for index in range(HALF_HOURS)]
    if not planned.usual or not any(name in form for name in names):
        return None, frozenset()
    typed = {name: _count(form[name], most) for name in names if name in form}
    wrong = frozenset(name for name, count in typed.items() if count is None)
    roster = tuple(
        usual if not usual or (count := typed.get(name)) is None else count
        for name, usual in zip(names, planned.usual, strict=True)
    )
    return roster, wrong if any(roster) else frozenset(names)


def _count(text: str, most: int) -> int | None:
    count = typed_text.whole_number(text, digits_max=3)
    return count if count is not None and count <= most else None


def _rows(
    planned: DayPlanned, form: Mapping[str, str], tried: DayPlanned | None
) -> tuple[Row, ...]:
    """Of the half hours in which the branch is open; the fields begin with what is advised."""
    if planned.forecast is None or not planned.usual:
        return ()
    advised = _advised(planned)
    outcome = tried.answer.with_usual if tried and tried.answer else None
    needed = planned.answer.needed if planned.answer else None
    return tuple(
        Row(
            index=index,
            name=(name := words.field_name(index)),
            clock=clock_of(index),
            people=planned.forecast.arrivals[index],
            needed=needed[index] if needed else None,
            usual=usual,
            wanted=form.get(name, str(advised[index])),
            kept=outcome.kept[index] if outcome else None,
            of=outcome.people[index] if outcome else None,
        )
        for index, usual in enumerate(planned.usual)
        if usual
    )


def _advised(planned: DayPlanned) -> Roster:
    roster = planned.usual
    for change in planned.answer.changes if planned.answer else ():
        roster = opened(roster, change.start, change.end, change.counters - change.usual)
    return roster


def _tried(
    tried: DayPlanned | None, planned: DayPlanned, figures: Figures
) -> dict[str, Any] | None:
    if tried is None:
        return None
    answer = tried.answer
    usual: Outcome | None = planned.answer.with_usual if planned.answer else None
    return {
        "state": tried.state.value,
        "sentence": words.outcome_sentence(answer.with_usual, figures) if answer else "",
        "usual": words.outcome_sentence(usual, figures) if usual else "",
        "hours": _hours_long(answer.usual, figures) if answer else "",
        "usual_hours": _hours_long(planned.usual, figures),
    }


def _hours_long(roster: Roster, figures: Figures) -> str:
    """`25.5`, `34`: halves count."""
    hours = counter_hours(roster)
    return figures.decimal(hours, 0 if hours.is_integer() else 1)


def _week_rows(week: list[DayPlanned]) -> tuple[tuple[int, tuple[Needed, ...]], ...]:
    """Each half hour in which some day is open: the counters that each day needs then, None while
    that is not known, 0 where it is closed, and whether they are more than usual."""
    open_days = [each for each in week if each.state is not State.CLOSED]
    indexes = [
        index
        for index in range(HALF_HOURS)
        if any(each.usual and each.usual[index] for each in open_days)
    ]
    return tuple((index, tuple(_needed(each, index) for each in open_days)) for index in indexes)


def _needed(planned: DayPlanned, index: int) -> Needed:
    if planned.answer is None:
        return (None if planned.usual and planned.usual[index] else 0), False
    count = planned.answer.needed[index]
    return count, count > planned.usual[index]


async def _keep(services: Services, plan: Plan, planned: DayPlanned) -> None:
    """What is told for a day is kept until it comes; the last word before it is what is judged."""
    if planned.answer is None or planned.forecast is None:
        return
    text, name = as_text(kept_of(planned.day, planned.answer)), name_of(planned.day)
    if await services.store.read(lambda c: load_forecast_state(c, plan.id, name)) == text:
        return
    learned = Learned(plan.id, name, services.clock.now(), text)
    await services.store.write(lambda connection: save_forecast_state(connection, learned))


async def _became(
    services: Services, plan: Plan, today: date, figures: Figures
) -> dict[str, Any] | None:
    """Of the newest advice for a day that is over."""
    text = await services.store.read(
        lambda connection: newest_state(connection, plan.id, NAME, today.isoformat())
    )
    kept: KeptAdvice | None = from_text(text) if text else None
    if kept is None:
        return None
    reading = await read_day(services, plan, kept.day)
    of_day = Figures(figures.language, reading.plan)
    return {
        "day": kept.day,
        "advice": [words.change_sentence(change, figures) for change in kept.changes],
        "became": words.became_sentences(kept, reading.report, of_day),
    }
