"""The tables of a long period: its measures beside those before, and how they lie by day or month,
service, pool, class, channel, counter, hour, and half hour of the week."""

from collections.abc import Callable, Iterator, Mapping

from babel.dates import get_day_names

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Channel
from lobby.reports import span_measures as measured
from lobby.reports.day_list import KINDS, DayKind
from lobby.reports.figures import Figures
from lobby.reports.measures import FEW
from lobby.reports.sheets import CellKind, Column, Row, Sheet, Value
from lobby.reports.span_figures import head_figures
from lobby.reports.span_measures import HIDDEN_BELOW
from lobby.reports.span_report import SpanReport
from lobby.reports.span_words import change_sentence
from lobby.reports.week_map import WallClock, clock_of
from lobby.screens.words import PRIORITIES, pool_name
from lobby.store.kinds import RollupPart
from lobby.store.rollups import Tally

CHANNELS: Mapping[str, str] = {
    Channel.KIOSK: mark("Kiosk"),
    Channel.FLOOR: mark("From a colleague"),
}

Measure = Callable[[Tally], Value]

COLUMNS: Mapping[str, tuple[str, CellKind, Measure]] = {
    "tickets": (mark("Tickets"), CellKind.COUNT, lambda t: t["tickets"]),
    "served": (mark("Served"), CellKind.COUNT, lambda t: t["served"]),
    "within_promise": (
        mark("Within the promise"),
        CellKind.SHARE,
        lambda t: measured.kept(t).share,
    ),
    "wait_median_s": (
        mark("Median wait, min"),
        CellKind.MINUTES,
        lambda t: measured.waits(t).median_s,
    ),
    "wait_mean_s": (mark("Mean wait, min"), CellKind.MINUTES, lambda t: measured.waits(t).mean_s),
    "wait_p90_s": (mark("P90 wait, min"), CellKind.MINUTES, lambda t: measured.waits(t).p90_s),
    "left": (mark("Left before service"), CellKind.SHARE, lambda t: measured.abandonments(t).share),
    "missed": (mark("Missed their call"), CellKind.SHARE, lambda t: measured.no_shows(t).share),
    "times_done": (mark("Services done"), CellKind.COUNT, lambda t: t["done"]),
    "service_median_s": (
        mark("Median service, min"),
        CellKind.MINUTES,
        lambda t: measured.service_times(t).median_s,
    ),
    "busy": (mark("Busy"), CellKind.SHARE, measured.utilisation),
    "open_s": (
        mark("Open, h:min"),
        CellKind.HOURS,
        lambda t: measured.seconds(t["signed_in_us"]),
    ),
    "breaks_s": (
        mark("Breaks, h:min"),
        CellKind.HOURS,
        lambda t: measured.seconds(t["breaks_us"]),
    ),
    "inside_range": (
        mark("Within the announced wait"),
        CellKind.SHARE,
        lambda t: measured.inside(t).share,
    ),
}
WHOLE = (
    *("tickets", "served", "within_promise", "wait_median_s", "wait_p90_s", "left"),
    *("service_median_s", "busy", "inside_range"),
)
GROUP = (
    *("tickets", "served", "within_promise", "wait_median_s", "wait_mean_s", "wait_p90_s"),
    *("left", "service_median_s"),
)
COUNTER = ("times_done", "service_median_s", "open_s", "breaks_s", "busy")


def span_sheets(report: SpanReport, figures: Figures) -> tuple[Sheet, ...]:
    """In the order of the page; what a branch has only one of is no table."""
    sheets = (
        _summary(report, figures),
        _months(report, figures) if report.months else _days(report, figures),
        _parts(report, figures, RollupPart.SERVICE, mark("By service"), figures.service),
        _parts(report, figures, RollupPart.POOL, mark("By pool"), _pool(figures)),
        _parts(report, figures, RollupPart.PRIORITY, mark("By class"), _class(figures)),
        _parts(report, figures, RollupPart.CHANNEL, mark("By channel"), _channel(figures)),
        _counters(report, figures),
        _hours(report, figures),
        _week(report, figures),
        _changes(report, figures),
    )
    return tuple(sheet for sheet in sheets if sheet.rows)


def _summary(report: SpanReport, figures: Figures) -> Sheet:
    say = figures.words.gettext
    columns = (
        Column("measure", say(mark("Measure")), CellKind.NAME),
        Column("value", say(mark("This period")), CellKind.COUNT),
        Column("before", say(mark("Period before")), CellKind.COUNT),
    )
    rows = tuple(
        Row(
            (each.label, each.value, each.before),
            is_few=each.is_few,
            kinds=(CellKind.NAME, each.kind, each.kind),
        )
        for each in head_figures(report, figures)
    )
    return Sheet("summary", say(mark("At a glance")), columns, rows)


def _days(report: SpanReport, figures: Figures) -> Sheet:
    say = figures.words.gettext
    rows = [
        Row(
            (each.day, *_cells(each.tally, WHOLE)),
            is_few=each.tally["served"] < FEW,
            href=f"/reports/days/{each.day}",
        )
        if each.kind is DayKind.VISITS
        else Row((each.day, say(KINDS[each.kind]), *(None for _ in WHOLE[1:])))
        for each in report.days
    ]
    rows.append(_total(report, figures, WHOLE))
    columns = (Column("day", say(mark("Day")), CellKind.DAY), *_columns(WHOLE, figures))
    return Sheet("days", say(mark("By day")), columns, tuple(rows))


def _months(report: SpanReport, figures: Figures) -> Sheet:
    say = figures.words.gettext
    rows = [
        Row(
            (figures.month(each.first), each.kinds[DayKind.VISITS], *_cells(each.tally, WHOLE)),
            is_few=each.tally["served"] < FEW,
            href=f"/reports/months/{each.first:%Y-%m}",
        )
        for each in report.months
    ]
    opened = sum(each.kinds[DayKind.VISITS] for each in report.months)
    rows.append(
        Row(
            (say(mark("Total")), opened, *_cells(report.total, WHOLE)),
            is_total=True,
        )
    )
    columns = (
        Column("month", say(mark("Month")), CellKind.NAME),
        Column("days", say(mark("Days with visits")), CellKind.COUNT),
        *_columns(WHOLE, figures),
    )
    return Sheet("months", say(mark("By month")), columns, tuple(rows))


def _parts(
    report: SpanReport,
    figures: Figures,
    part: RollupPart,
    title: str,
    named: Callable[[str], str],
) -> Sheet:
    """The largest first; of small groups nothing but that they are small."""
    own = [
        (name, tally)
        for (kind, name), tally in report.record.parts.items()
        if kind is part and (tally["tickets"] or tally["done"])
    ]
    own.sort(key=lambda item: (-item[1]["tickets"], item[0]))
    rows = [_group(named(name), tally, figures) for name, tally in own]
    columns = (
        Column(part.value, figures.words.gettext(title), CellKind.NAME),
        *_columns(GROUP, figures),
    )
    return Sheet(f"{part.value}s", figures.words.gettext(title), columns, tuple(rows))


def _group(name: str, tally: Tally, figures: Figures) -> Row:
    if tally["tickets"] < HIDDEN_BELOW:
        small = figures.words.gettext("fewer than 5")
        return Row((name, small, *(None for _ in GROUP[1:])), is_hidden=True)
    return Row((name, *_cells(tally, GROUP)), is_few=tally["served"] < FEW)


def _counters(report: SpanReport, figures: Figures) -> Sheet:
    say = figures.words.gettext
    own = {n: t for (part, n), t in report.record.parts.items() if part is RollupPart.COUNTER}
    known = [counter for counter in figures.plan.counters if counter in own]
    rows = [
        Row((figures.counter(counter), *_cells(own[counter], COUNTER)), own[counter]["done"] < FEW)
        for counter in (*known, *sorted(own.keys() - set(known)))
    ]
    if rows:
        rows.append(_total(report, figures, COUNTER))
    columns = (Column("counter", say(mark("Counter")), CellKind.NAME), *_columns(COUNTER, figures))
    return Sheet("counters", say(mark("By counter")), columns, tuple(rows))


def _hours(report: SpanReport, figures: Figures) -> Sheet:
    """From the half hours of the map."""
    say = figures.words.gettext
    columns = (
        Column("hour", say(mark("Hour")), CellKind.NAME),
        Column("tickets", say(mark("Arrived")), CellKind.COUNT),
        Column("served", say(mark("Served")), CellKind.COUNT),
        Column("wait_mean_s", say(mark("Mean wait, min")), CellKind.MINUTES),
        Column("most_waiting", say(mark("Most waiting")), CellKind.COUNT),
    )
    return Sheet("hours", say(mark("By hour")), columns, tuple(_hour_rows(report, figures)))


def _hour_rows(report: SpanReport, figures: Figures) -> Iterator[Row]:
    clock, hours = WallClock(figures.plan), dict[int, list[int]]()
    for each in report.record.half_hours:
        sums = hours.setdefault(clock.half_hour(each) // 2, [0, 0, 0, 0])
        sums[0] += each.tickets
        sums[1] += each.served
        sums[2] += each.wait_us
        sums[3] = max(sums[3], each.most_waiting)
    for hour in range(min(hours, default=0), max(hours, default=-1) + 1):
        tickets, served, wait_us, most = hours.get(hour, [0, 0, 0, 0])
        is_hidden = 0 < served < HIDDEN_BELOW
        wait_s = measured.seconds(wait_us) / served if served and not is_hidden else None
        yield Row((figures.hour(hour), tickets, served, wait_s, most), is_few=served < FEW)


def _week(report: SpanReport, figures: Figures) -> Sheet:
    say = figures.words.gettext
    columns = (
        Column("weekday", say(mark("Weekday")), CellKind.NAME),
        Column("half_hour", say(mark("Half hour")), CellKind.NAME),
        Column("arrivals", say(mark("Arrivals, median")), CellKind.DECIMAL),
        Column("served", say(mark("Served")), CellKind.COUNT),
        Column("wait_mean_s", say(mark("Mean wait, min")), CellKind.MINUTES),
        Column("counters_open", say(mark("Counters open, median")), CellKind.DECIMAL),
    )
    cells = report.map.cells
    rows = tuple(
        Row(
            (
                weekday_name(weekday, figures),
                clock_of(index),
                cell.arrivals,
                cell.served,
                cell.wait_s,
                cell.counters_open,
            ),
            is_few=cell.is_few,
        )
        for weekday in report.map.weekdays
        for index in report.map.half_hours
        if (cell := cells.get((weekday, index))) is not None
    )
    return Sheet("week", say(mark("Weekday and half hour")), columns, rows)


def _changes(report: SpanReport, figures: Figures) -> Sheet:
    say = figures.words.gettext
    columns = (
        Column("day", say(mark("From")), CellKind.DAY),
        Column("change", say(mark("What changed")), CellKind.NAME),
    )
    rows = tuple(Row((each.day, change_sentence(each, figures))) for each in report.changes)
    return Sheet("changes", say(mark("Changes in this period")), columns, rows)


def weekday_name(weekday: int, figures: Figures) -> str:
    return str(get_day_names("wide", locale=LANGUAGES[figures.language].locale)[weekday])


def _total(report: SpanReport, figures: Figures, names: tuple[str, ...]) -> Row:
    total = figures.words.gettext(mark("Total"))
    return Row((total, *_cells(report.total, names)), is_total=True)


def _cells(tally: Tally, names: tuple[str, ...]) -> tuple[Value, ...]:
    return tuple(COLUMNS[name][2](tally) for name in names)


def _columns(names: tuple[str, ...], figures: Figures) -> tuple[Column, ...]:
    say = figures.words.gettext
    return tuple(Column(name, say(COLUMNS[name][0]), COLUMNS[name][1]) for name in names)


def _pool(figures: Figures) -> Callable[[str], str]:
    return lambda pool: figures.words.gettext(pool_name(pool))


def _class(figures: Figures) -> Callable[[str], str]:
    return lambda name: figures.words.gettext(PRIORITIES[Priority(name)])


def _channel(figures: Figures) -> Callable[[str], str]:
    return lambda name: figures.named(CHANNELS, name)
