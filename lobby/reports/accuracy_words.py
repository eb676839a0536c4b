"""Sentences of the report about announced waits and the order of calls."""

from lobby.i18n.texts import mark
from lobby.reports.accuracy import AccuracyLine
from lobby.reports.day import DayReport
from lobby.reports.figures import Figures


def accuracy_sentences(report: DayReport, figures: Figures) -> tuple[str, ...]:
    """Whether the promise of the range was kept, and against what one would have said without."""
    if report.accuracy is None:
        return ()
    line = report.accuracy.all
    say = figures.words.gettext
    if not line.count:
        return (say(mark("Waits were announced; nobody who was told one has been served yet.")),)
    kept = say(
        mark(
            "%(inside)s of those served waited within the range they were told; "
            "%(late)s waited longer."
        )
    ) % {
        "inside": figures.percent(line.inside.share),
        "late": figures.percent(line.late.share),
    }
    return (kept, _against_naive(line, figures))


def _against_naive(line: AccuracyLine, figures: Figures) -> str:
    return figures.words.gettext(
        "Half of the estimates were off by no more than %(error)s. The simple estimate (people "
        "ahead × mean service time ÷ open counters) would have been off by %(naive)s, and too "
        "short for %(short)s."
    ) % {
        "error": figures.minutes_long(line.error_s),
        "naive": figures.minutes_long(line.naive_error_s),
        "short": figures.percent(line.naive_late.share),
    }


def fairness_sentences(report: DayReport, figures: Figures) -> tuple[str, ...]:
    fairness = report.fairness
    if fairness is None:
        return ()
    say = figures.words.gettext
    passed = say(
        mark(
            "%(passed)s of those called were passed by somebody who came later; "
            "of all who came nobody more than %(most)s times."
        )
    ) % {
        "passed": figures.percent(fairness.passed.share),
        "most": figures.count(fairness.overtakes_max),
    }
    by_hand = fairness.by_hand.count
    if not by_hand:
        return (passed, say(mark("Nobody was chosen by hand.")))
    chosen = figures.words.ngettext(
        "%(count)s customer was chosen by hand.",
        "%(count)s customers were chosen by hand.",
        by_hand,
    ) % {"count": figures.count(by_hand)}
    return (passed, chosen)
