"""The tables of a day's page as values, for its workbook and its CSV files."""

from collections.abc import Iterable, Iterator, Sequence

from lobby.i18n.texts import mark
from lobby.reports.day import DayReport
from lobby.reports.day_machine_sheets import machine_sheets
from lobby.reports.day_visits_sheet import visits_sheet
from lobby.reports.figures import Figures
from lobby.reports.given_advice import GivenAdvice
from lobby.reports.measures import Rate, Spread
from lobby.reports.periods import Period
from lobby.reports.sheets import CellKind, Row, Sheet, Value, sheet_named
from lobby.screens.words import PRIORITIES

NAME, COUNT, MINUTES, SHARE = CellKind.NAME, CellKind.COUNT, CellKind.MINUTES, CellKind.SHARE
PERIOD = (
    ("tickets", mark("Arrived"), COUNT),
    ("served", mark("Served"), COUNT),
    ("wait_median_s", mark("Median wait, min"), MINUTES),
    ("wait_mean_s", mark("Mean wait, min"), MINUTES),
    ("wait_p90_s", mark("P90 wait, min"), MINUTES),
    ("most_waiting", mark("Most waiting"), COUNT),
    ("counters_open", mark("Counters open"), CellKind.DECIMAL),
)
ACCURACY = (
    ("told_and_served", mark("Told a wait and served"), COUNT),
    ("inside_range", mark("Within the range"), SHARE),
    ("late", mark("Longer than told"), SHARE),
    ("error_s", mark("Median error, min"), MINUTES),
    ("naive_error_s", mark("Simple estimate, error in min"), MINUTES),
    ("naive_late", mark("Simple estimate too short"), SHARE),
)


def day_sheets(
    report: DayReport, figures: Figures, *, with_people: bool = False
) -> tuple[Sheet, ...]:
    """In the order of the page, tickets last; a table without rows is left out. `figures` are of
    the day's own plan. Colleagues by their ids only `with_people`."""
    sheets = (
        _summary(report, figures),
        _periods("half_hours", mark("Half hour"), report.half_hours, figures),
        _services(report, figures),
        *_accuracy(report, figures),
        *_order(report, figures),
        *machine_sheets(report, figures, with_people=with_people),
        _advice(report, figures),
        _periods("hours", mark("By hour"), report.hours, figures),
        _counters(report, figures),
        _absences(report, figures),
        visits_sheet(report, figures),
    )
    return tuple(sheet for sheet in sheets if sheet.rows)


def _summary(report: DayReport, figures: Figures) -> Sheet:
    rows = [Row(each, kinds=kinds) for each, kinds in _measures(report, figures)]
    columns = (
        ("measure", mark("Measure"), NAME),
        ("value", mark("Value"), COUNT),
        ("count", mark("Cases"), COUNT),
        ("of", mark("Of"), COUNT),
    )
    return sheet_named("summary", mark("At a glance"), columns, rows, figures)


def _measures(
    report: DayReport, figures: Figures
) -> Iterator[tuple[tuple[Value, ...], tuple[CellKind, ...]]]:
    """Each with the kind of its value, and what it rests on."""
    say = figures.words.gettext

    def rate(name: str, value: Rate) -> tuple[tuple[Value, ...], tuple[CellKind, ...]]:
        return (say(name), value.share, value.count, value.of), (NAME, SHARE, COUNT, COUNT)

    def time(
        name: str, value: float | None, of: Spread
    ) -> tuple[tuple[Value, ...], tuple[CellKind, ...]]:
        return (say(name), value, None, of.count), (NAME, MINUTES, COUNT, COUNT)

    if report.promises is not None:
        yield rate(mark("Served within the promise"), report.promises.kept)
    yield time(mark("Median wait, min"), report.waits.median_s, report.waits)
    yield time(mark("Mean wait, min"), report.waits.mean_s, report.waits)
    yield time(mark("P90 wait, min"), report.waits.p90_s, report.waits)
    yield (
        (say(mark("Tickets")), len(report.visits), report.waits.count, len(report.visits)),
        (NAME, COUNT, COUNT, COUNT),
    )
    yield rate(mark("Missed their call"), report.no_shows)
    yield rate(mark("Left before service"), report.abandonments)
    yield time(mark("Median service, min"), report.service.median_s, report.service)
    busy = report.all_counters
    yield (
        (say(mark("Counters busy")), busy.utilisation, busy.served, None),
        (NAME, SHARE, COUNT, COUNT),
    )


def _periods(key: str, title: str, periods: Sequence[Period], figures: Figures) -> Sheet:
    rows = [
        Row(
            (
                *(figures.span(each), each.arrivals, *_waits(each.waits)),
                *(each.most_waiting, each.counters_open),
            ),
            is_few=each.waits.is_few,
        )
        for each in periods
    ]
    columns = (("period", mark("Time"), NAME), *PERIOD)
    return sheet_named(key, title, columns, rows, figures)


def _services(report: DayReport, figures: Figures) -> Sheet:
    rows = [
        Row(
            (
                *(figures.service(line.code), line.tickets, *_waits(line.waits)),
                *(line.kept.share, line.service.count, line.service.median_s),
            ),
            is_few=line.waits.is_few,
        )
        for line in report.services
    ]
    columns = (
        ("service", mark("Service"), NAME),
        ("tickets", mark("Tickets"), COUNT),
        *PERIOD[1:5],
        ("within_promise", mark("Within promise"), SHARE),
        ("times_done", mark("Times done"), COUNT),
        ("service_median_s", mark("Median service, min"), MINUTES),
    )
    return sheet_named("services", mark("Waits by service"), columns, rows, figures)


def _waits(waits: Spread) -> tuple[Value, ...]:
    return (waits.count, waits.median_s, waits.mean_s, waits.p90_s)


def _accuracy(report: DayReport, figures: Figures) -> Iterator[Sheet]:
    if report.accuracy is None:
        return
    hours = [(figures.hour(hour), line) for hour, line in report.accuracy.hours]
    services = [(figures.service(code), line) for code, line in report.accuracy.services]
    for key, title, first, lines in (
        ("accuracy_hours", mark("Announced waits by hour"), mark("Hour"), hours),
        ("accuracy_services", mark("Announced waits by service"), mark("Service"), services),
    ):
        rows = [
            Row(
                (
                    *(name, line.count, line.inside.share, line.late.share),
                    *(line.error_s, line.naive_error_s, line.naive_late.share),
                ),
                is_few=line.is_few,
            )
            for name, line in lines
        ]
        columns = (("name", first, NAME), *ACCURACY)
        yield sheet_named(key, title, columns, rows, figures)


def _order(report: DayReport, figures: Figures) -> Iterator[Sheet]:
    if report.fairness is None:
        return
    say = figures.words.gettext
    rows = [
        Row(
            (
                *(say(PRIORITIES[line.priority]), line.promise_min * 60, line.tickets),
                *(line.waits.median_s, line.waits.p90_s, line.within.share, line.overtakes_max),
            ),
            is_few=line.within.is_few,
        )
        for line in report.fairness.classes
    ]
    columns = (
        ("class", mark("Class"), NAME),
        ("promise_s", mark("Promise, min"), MINUTES),
        ("tickets", mark("Tickets"), COUNT),
        ("wait_median_s", mark("Median wait, min"), MINUTES),
        ("wait_p90_s", mark("P90 wait, min"), MINUTES),
        ("within_promise", mark("Within promise"), SHARE),
        ("overtakes_max", mark("Most times passed"), COUNT),
    )
    yield sheet_named("classes", mark("The order of calls"), columns, rows, figures)
    reasons = [Row((say(reason), count)) for reason, count in report.fairness.reasons]
    by_reason = (("reason", mark("Reason"), NAME), ("tickets", mark("Tickets"), COUNT))
    yield sheet_named("by_hand", mark("Chosen by hand, by reason"), by_reason, reasons, figures)


def _advice(report: DayReport, figures: Figures) -> Sheet:
    rows = [Row(tuple(_given(line, figures))) for line in report.given_advice]
    columns = (
        ("at", mark("Time"), CellKind.MOMENT),
        ("advised", mark("Advised"), NAME),
        ("answer", mark("Answer"), NAME),
        ("forecast_without", mark("Forecast without it"), SHARE),
        ("forecast_with", mark("Forecast with it"), SHARE),
        ("within_promise", mark("As it came"), SHARE),
    )
    return sheet_named("advice", mark("Advice on counters"), columns, rows, figures)


ANSWERS = {"accepted": mark("Arranged"), "dismissed": mark("Not now")}
ADVISED = {"open": mark("Open counter %(counter)s")}
CAN_CLOSE = mark("Counter %(counter)s can close")


def _given(line: GivenAdvice, figures: Figures) -> Iterable[Value]:
    say, advice = figures.words.gettext, line.advice
    sentence = say(ADVISED.get(advice.kind.value, CAN_CLOSE))
    outcome = advice.outcome.value if advice.outcome else ""
    yield from (advice.at, sentence % {"counter": figures.counter(advice.counter or "")})
    yield say(ANSWERS.get(outcome, mark("Nobody answered")))
    yield from (line.without, line.with_it, line.kept.share)


def _counters(report: DayReport, figures: Figures) -> Sheet:
    assumed = figures.words.gettext(mark("Assumed: nobody signed off here."))
    uses = [(figures.counter(use.counter), use) for use in report.counters]
    if uses:
        uses.append((figures.words.gettext(mark("Total")), report.all_counters))
    rows = [
        Row(
            (
                *(name, use.served, use.signed_in_s, use.breaks_s, use.utilisation),
                assumed if use.is_assumed else None,
            ),
            is_total=use is report.all_counters,
        )
        for name, use in uses
    ]
    columns = (
        ("counter", mark("Counter"), NAME),
        ("times_done", mark("Services done"), COUNT),
        ("open_s", mark("Open, h:min"), CellKind.HOURS),
        ("breaks_s", mark("Breaks, h:min"), CellKind.HOURS),
        ("busy", mark("Busy"), SHARE),
        ("note", mark("Note"), NAME),
    )
    return sheet_named("counters", mark("Counters"), columns, rows, figures)


def _absences(report: DayReport, figures: Figures) -> Sheet:
    say, told = figures.words.gettext, report.absences
    rows = [
        Row((say(name), count))
        for name, count in (
            (mark("Missed their call for good"), told.missed_for_good),
            (mark("Missed a call, came back and were served"), told.missed_and_served),
            (mark("Left the line themselves"), told.cancelled),
            (mark("Still in line when the day closed"), told.left_at_end),
        )
    ]
    columns = (("what", mark("What happened"), NAME), ("tickets", mark("Tickets"), COUNT))
    return sheet_named("absences", mark("Absences and departures"), columns, rows, figures)
