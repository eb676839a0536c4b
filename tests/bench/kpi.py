"""The figures of a day in a file, as a branch that plays it keeps and reports them."""

import argparse
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection

from lobby.queueing.commands.command import OpenDay
from lobby.queueing.model.plan import CounterPlan, CounterPolicy, Plan
from lobby.queueing.refusals.refusal import Refusal
from lobby.reports.day import DayReport
from lobby.reports.funnel import Funnel
from lobby.reports.offers import offers_of
from lobby.reports.reading import Reading
from lobby.reports.rollup import read_past_day
from lobby.store.catalogue import save_plan
from lobby.store.engine import writing_engine
from tests.app.database import new_database
from tests.app.people import MORNING, plan
from tests.bench.figures import report
from tests.bench.kpi_acts import COLLEAGUE, Act, Moment, acts_of
from tests.bench.kpi_file import ALL, DayCannotBePlayedError, DayFile, read_day_file
from tests.store.office import Office, number_of, open_office

OPENING = MORNING
BRANCH = "riverside"

NOBODY = Funnel(0, offers_of((), is_running=False, complained=()))
"""Of a day without tickets, of which the report tells no funnel."""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--day", type=Path, required=True, help="a file that tells the day")


async def run(arguments: argparse.Namespace) -> None:
    try:
        day = read_day_file(arguments.day)
        found = measures(await report_of_file(day))
    except DayCannotBePlayedError as why:
        raise SystemExit(str(why)) from None
    rows = {**found, "differences": differences(found, day.expect)}
    report(f"The day of {len(day.tickets)} tickets", rows, arguments.json)


async def report_of_file(day: DayFile) -> DayReport:
    return (await reading_of_file(day)).report


async def reading_of_file(day: DayFile) -> Reading:
    """Played on a database of its own and told the morning after, as a day that is over. Raises
    `DayCannotBePlayedError`."""
    acts = acts_of(day)
    with TemporaryDirectory() as folder:
        database = new_database(Path(folder) / "lobby.db")
        engine = writing_engine(database)
        with engine.begin() as connection:
            save_plan(connection, _plan(day))
        engine.dispose()
        async with open_office(database) as office:
            await _play(office, acts)
            return await _told_next_morning(office)


def _plan(day: DayFile) -> Plan:
    """Of a branch with the counters of the file, where one call is enough to be missed."""
    usual = plan(BRANCH)
    return Plan(
        id=usual.id,
        names=usual.names,
        time_zone=usual.time_zone,
        services=usual.services,
        counters={line.name: CounterPlan(line.name, line.name) for line in day.counters},
        target_min=float(day.target_min),
        machines=usual.machines,
        counter_policy=CounterPolicy(grace_s=0, calls_before_absent=1),
    )


async def _play(office: Office, acts: list[Act]) -> None:
    numbers: dict[str, str] = {}
    await office.act(OpenDay(), actor=COLLEAGUE)
    for act in acts:
        office.clock.move_to(_at(act.minute))
        moment = Moment(office.riverside.hall, numbers, office.clock.now())
        try:
            outcome = await office.act(act.command(moment), actor=act.actor)
        except Refusal as refusal:
            raise DayCannotBePlayedError(
                f"{act.whose}: {act.name} at minute {act.minute} is refused: {refusal!r}."
            ) from None
        if act.name == "issued":
            numbers[act.whose] = number_of(outcome)


def _at(minute: Decimal) -> datetime:
    return OPENING + timedelta(microseconds=round(minute * 60_000_000))


async def _told_next_morning(office: Office) -> Reading:
    office.clock.move_to(OPENING + timedelta(days=1))
    await office.act(OpenDay(), actor=COLLEAGUE)
    known, now = office.riverside.plan, office.clock.now()
    day = known.business_day(OPENING)

    def told(connection: Connection) -> Reading:
        return read_past_day(connection, known, day, now)

    return await office.store.read(told)


def measures(day: DayReport) -> dict[str, Any]:
    """Under the keys of a file's answers; minutes and shares, None where nothing can be said."""
    funnel = day.machines.diversion.funnel if day.machines else NOBODY
    offers = funnel.offers
    return {
        "wait_mean_min": _minutes(day.waits.mean_s),
        "wait_median_min": _minutes(day.waits.median_s),
        "wait_p90_min": _minutes(day.waits.p90_s),
        "within_target": day.within.share,
        "no_show_rate": day.no_shows.share,
        "abandonment_rate": day.abandonments.share,
        "service_mean_min": _minutes(day.service.mean_s),
        "service_median_min": _minutes(day.service.median_s),
        "service_p90_min": _minutes(day.service.p90_s),
        "utilisation": {
            **{use.counter: use.utilisation for use in day.counters},
            ALL: day.all_counters.utilisation,
        },
        "eligible": funnel.eligible,
        "offered": offers.offered,
        "accepted": offers.accepted,
        "declined": offers.declined,
        "completed": offers.completed,
        "returned": offers.returned,
        "unconfirmed": offers.unconfirmed,
        "offer_rate": funnel.offering.share,
        "acceptance_rate": offers.acceptance.share,
        "completion_rate": offers.completion.share,
        "diversion_rate": funnel.diversion.share,
        "return_rate": offers.returns.share,
    }


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 60


def differences(found: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """The keys of the answers whose value is another one, or which is not measured here."""
    known = dict(_flat(found))
    return [
        key for key, answer in _flat(expected) if key not in known or not _agree(known[key], answer)
    ]


def _flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


ROUNDING = 1e-9
"""What the last digits of a sum of seconds may be off by."""


def _agree(value: float | None, answer: Any) -> bool:
    """Rounded to as many digits as the answer has; an answer without a fraction is exact."""
    if value is None or not isinstance(answer, int | float | Decimal):
        return value is answer
    half_digit = 0.0
    if isinstance(answer, Decimal) and isinstance(exponent := answer.as_tuple().exponent, int):
        half_digit = 0.5 * 10.0**exponent
    return abs(value - float(answer)) <= half_digit + ROUNDING
