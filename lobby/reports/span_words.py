"""Opening sentences of a long period, and what changed in it."""

from lobby.i18n.formats import long_date, weekday_and_date
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark
from lobby.reports.figures import Figures
from lobby.reports.measures import FEW, Rate
from lobby.reports.span_measures import kept
from lobby.reports.span_report import SpanReport
from lobby.reports.spans import Span, SpanKind
from lobby.store.plan_changes import Changed, PlanChange

SAME_WITHIN = 0.01
"""A share that differs by less is told as the same."""

BEFORE = {
    SpanKind.WEEK: mark("the week before"),
    SpanKind.MONTH: mark("the month before"),
    SpanKind.YEAR: mark("the 12 months before"),
}

CHANGES = {
    Changed.TARGET: mark("The target wait was changed from %(gone)s to %(added)s min."),
    Changed.PROMISES: mark("The promised waiting times were changed."),
    Changed.CALLING: mark("The calling rule was changed."),
    Changed.COUNTERS: mark("The counters were changed."),
    Changed.SERVICES: mark("The services were changed."),
    Changed.MACHINES: mark("The machines were changed."),
    Changed.POLICIES: mark("The rules for counters or the lobby were changed."),
    Changed.CATALOGUE: mark("New services and rules of advice took effect: version %(added)s."),
}
AS_BEFORE = mark("That is about as in %(before)s (%(share)s).")
BETTER = mark("That is better than in %(before)s (%(share)s).")
WORSE = mark("That is worse than in %(before)s (%(share)s).")
ADDED = mark("Added: %(names)s.")
GONE = mark("No longer there: %(names)s.")
NAMED_MAX = 6
"""More names than this say no more."""


def span_title(report: SpanReport, figures: Figures) -> str:
    return period_title(report.span, figures)


def period_title(span: Span, figures: Figures) -> str:
    if span.kind is SpanKind.MONTH:
        month = figures.month(span.first)
        return month[:1].upper() + month[1:]  # Vietnamese months are small inside a sentence
    blanks = {
        "first": weekday_and_date(span.first, figures.language),
        "last": long_date(span.last, figures.language),
    }
    if span.kind is SpanKind.WEEK:
        return figures.words.gettext("Week of %(first)s to %(last)s") % blanks
    blanks = {"first": figures.month(span.first), "last": figures.month(span.last)}
    return figures.words.gettext("12 months, %(first)s to %(last)s") % blanks


def span_sentences(report: SpanReport, figures: Figures) -> tuple[str, ...]:
    """At most four: whom the branch closed on, the promise, how it was before, the hardest day."""
    if report.is_future:
        return (figures.words.gettext("This period has not come yet."),)
    if not report.total["tickets"]:
        return (figures.words.gettext("Nobody took a number in this period."),)
    told = [_promise(kept(report.total), figures)]
    if report.total["closed_out"]:
        told.insert(0, _closed_out(report.total["closed_out"], figures))
    told += [each for each in (_before(report, figures), _hardest(report, figures)) if each]
    return tuple(LANGUAGES[figures.language].closed_up(sentence) for sentence in told)


def _closed_out(count: int, figures: Figures) -> str:
    return figures.words.ngettext(
        "%(count)s person was still in line when the branch closed, and was not served.",
        "%(count)s people were still in line when the branch closed, and were not served.",
        count,
    ) % {"count": figures.count(count)}


def _promise(rate: Rate, figures: Figures) -> str:
    if not rate.of:
        return figures.words.gettext("Nobody was served at a counter in this period.")
    return figures.words.gettext(
        "%(count)s of %(of)s people were served within the promise made to them: %(share)s."
    ) % {
        "count": figures.count(rate.count),
        "of": figures.count(rate.of),
        "share": figures.percent(rate.share),
    }


def _before(report: SpanReport, figures: Figures) -> str:
    """Nothing is compared with few."""
    now, then = kept(report.total), kept(report.before)
    if now.is_few or then.is_few or now.share is None or then.share is None:
        return ""
    sentence = AS_BEFORE
    if abs(now.share - then.share) >= SAME_WITHIN:
        sentence = BETTER if now.share > then.share else WORSE
    return figures.words.gettext(sentence) % {
        "before": before_words(report, figures),
        "share": figures.percent(then.share),
    }


def before_words(report: SpanReport, figures: Figures) -> str:
    """A span that is not over is held against as many days of the one before."""
    words = figures.words.gettext(BEFORE[report.span.kind])
    days = (report.before_span.last - report.before_span.first).days + 1
    if report.before_span == report.span.earlier:
        return words
    return figures.words.ngettext(
        "the first day of %(before)s", "the first %(days)s days of %(before)s", days
    ) % {"days": figures.count(days), "before": words}


def _hardest(report: SpanReport, figures: Figures) -> str:
    """No superlative of few, nor of a day on which nobody waited longer than promised."""
    told = [day for day in report.days if kept(day.tally).of >= FEW]
    if len(told) < 2:
        return ""
    hardest = max(told, key=lambda day: day.tally["due"] - day.tally["kept"])
    beyond = hardest.tally["due"] - hardest.tally["kept"]
    if not beyond:
        return ""
    return figures.words.gettext(
        "The hardest day was %(day)s: %(count)s of %(of)s people waited longer than promised."
    ) % {
        "day": weekday_and_date(hardest.day, figures.language),
        "count": figures.count(beyond),
        "of": figures.count(hardest.tally["due"]),
    }


def change_sentence(change: PlanChange, figures: Figures) -> str:
    say = figures.words.gettext
    if change.what is Changed.SERVICES:
        gone, added = (tuple(map(figures.service, names)) for names in (change.gone, change.added))
    elif change.what is Changed.MACHINES:
        gone, added = (tuple(map(figures.machine, names)) for names in (change.gone, change.added))
    else:
        gone, added = change.gone, change.added
    told = [say(CHANGES[change.what]) % {"gone": ", ".join(gone), "added": ", ".join(added)}]
    if change.what in (Changed.COUNTERS, Changed.SERVICES, Changed.MACHINES):
        told += [
            say(sentence) % {"names": _names(names)}
            for sentence, names in ((ADDED, added), (GONE, gone))
            if names
        ]
    return LANGUAGES[figures.language].sentences(*told)


def _names(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:NAMED_MAX])
    return f"{shown} …" if len(names) > NAMED_MAX else shown
