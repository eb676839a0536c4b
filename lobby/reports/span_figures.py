"""The few figures of a long period that matter, each beside that of the period before and with the
words in which it is defined."""

from collections.abc import Callable
from dataclasses import dataclass

from lobby.i18n.texts import mark
from lobby.reports import span_measures as measured
from lobby.reports.figures import Figures
from lobby.reports.measures import FEW, Rate
from lobby.reports.sheets import CellKind
from lobby.reports.span_report import SpanReport
from lobby.store.histograms import ERROR_SHARE
from lobby.store.rollups import Tally

ROUGH = mark(
    "Over long periods the median and the P90 are read from counts by length of wait: they are"
    " at most %(error)s off, or 8 seconds."
)
WAIT = mark("From taking the number to the first start of service.")


@dataclass(frozen=True, slots=True)
class Definition:
    """`rests_on` is how many cases it is made of; a rate says so itself."""

    label: str
    kind: CellKind
    value: Callable[[Tally], float | None]
    rests_on: Callable[[Tally], int]
    meaning: tuple[str, ...]
    rate: Callable[[Tally], Rate] | None = None


def _rate(label: str, rate: Callable[[Tally], Rate], *meaning: str) -> Definition:
    return Definition(
        *(label, CellKind.SHARE, lambda t: rate(t).share, lambda t: rate(t).of, meaning, rate)
    )


DEFINITIONS = (
    _rate(
        mark("Served within the promise"),
        measured.kept,
        mark(
            "Served within the time promised to their class on that day, out of all served and all"
            " who left after waiting longer than that. Who was in line when the branch closed is"
            " counted apart."
        ),
    ),
    Definition(
        mark("Median wait"),
        CellKind.MINUTES,
        lambda t: measured.waits(t).median_s,
        lambda t: t["served"],
        (mark("Half of the people waited no longer than this."), WAIT, ROUGH),
    ),
    Definition(
        mark("9 in 10 waited at most"),
        CellKind.MINUTES,
        lambda t: measured.waits(t).p90_s,
        lambda t: t["served"],
        (mark("The P90: the wait that 9 in 10 did not exceed."), WAIT, ROUGH),
    ),
    Definition(
        mark("Tickets"),
        CellKind.COUNT,
        lambda t: t["tickets"],
        lambda _t: FEW,
        (mark("Numbers taken in this period."),),
    ),
    _rate(
        mark("Left before service"),
        measured.abandonments,
        mark(
            "Missed for good or cancelled before service, out of all tickets taken without those"
            " that stayed at a machine. Who was in line when the branch closed is counted apart."
        ),
    ),
    _rate(
        mark("Missed their call"),
        measured.no_shows,
        mark(
            "Tickets called and missed for good, out of all tickets called; each counts once,"
            " however often it was called."
        ),
    ),
    Definition(
        mark("Median service time"),
        CellKind.MINUTES,
        lambda t: measured.service_times(t).median_s,
        lambda t: t["done"],
        (mark("From start to finish without holds, once for each service."), ROUGH),
    ),
    Definition(
        mark("Counters busy"),
        CellKind.SHARE,
        measured.utilisation,
        lambda t: t["servings"],
        (
            mark(
                "Service time divided by open time without breaks. Full use is not a goal: about"
                " three quarters is usual."
            ),
        ),
    ),
)
IF_ANY = (
    _rate(
        mark("Within the announced wait"),
        measured.inside,
        mark("Of those who were told a wait and served: how many waited within that range."),
    ),
    _rate(
        mark("Finished at a machine"),
        measured.diversion,
        mark("Of those whose business a machine could do: how many finished there."),
    ),
    _rate(
        mark("Came back from a machine"),
        measured.returns,
        mark("Of those who went to a machine: how many came back to the counter."),
    ),
)
"""Left out where there was nothing of the kind."""


@dataclass(frozen=True, slots=True)
class HeadFigure:
    """`note` is what it rests on."""

    label: str
    kind: CellKind
    value: float | None
    before: float | None
    note: str
    is_few: bool
    meaning: str


def head_figures(report: SpanReport, figures: Figures) -> tuple[HeadFigure, ...]:
    total, before = report.total, report.before
    told = [each for each in IF_ANY if each.rests_on(total) or each.rests_on(before)]
    return tuple(_figure(each, total, before, figures) for each in (*DEFINITIONS, *told))


def _figure(of: Definition, total: Tally, before: Tally, figures: Figures) -> HeadFigure:
    say = figures.words.gettext
    error = {"error": figures.percent_exact(ERROR_SHARE)}
    rate = of.rate(total) if of.rate else None
    note = ""
    if rate is not None:
        counts = {"count": figures.count(rate.count), "of": figures.count(rate.of)}
        note = say(mark("%(count)s of %(of)s")) % counts
    return HeadFigure(
        say(of.label),
        of.kind,
        of.value(total),
        of.value(before) if of.rests_on(before) and before["tickets"] else None,
        note,
        of.rests_on(total) < FEW,
        " ".join(say(sentence) % (error if sentence == ROUGH else {}) for sentence in of.meaning),
    )
