"""Opening sentences of the report: what a person would say about the day."""

from lobby.i18n.languages import LANGUAGES
from lobby.reports.day import DayReport
from lobby.reports.figures import Figures
from lobby.reports.periods import Period
from lobby.reports.promise_sentences import promise_sentences


def sentences(report: DayReport, figures: Figures) -> tuple[str, ...]:
    """Harm first: whom the branch closed on, when and to whom promises were broken, how many were
    kept, the worst half hour; then who waits now, and who is away."""
    if not report.visits:
        return (_nothing(report, figures),)
    told = promise_sentences(report, figures) or [_nobody_served(report, figures)]
    if report.absences.left_at_end:
        told.insert(0, _closed_out(report.absences.left_at_end, figures))
    if report.worst is not None:
        told.append(_worst(report.worst, figures))
    if report.is_running and report.waiting_now:
        told.append(_now(report, figures))
    if report.is_running and report.resting_now:
        told.append(_resting(report, figures))
    language = LANGUAGES[figures.language]
    return tuple(language.closed_up(sentence) for sentence in told)


def _closed_out(count: int, figures: Figures) -> str:
    """The worst that can happen to somebody who waits, so it comes first."""
    return figures.words.ngettext(
        "%(count)s person was still in line when the branch closed, and was not served.",
        "%(count)s people were still in line when the branch closed, and were not served.",
        count,
    ) % {"count": figures.count(count)}


def _nothing(report: DayReport, figures: Figures) -> str:
    if report.is_future:
        return figures.words.gettext("This day has not come yet.")
    if report.is_running:
        return figures.words.gettext("Nobody has taken a number yet today.")
    return figures.words.gettext("Nobody took a number on this day.")


def _nobody_served(report: DayReport, figures: Figures) -> str:
    count = len(report.visits)
    if any(visit.machine_done_at for visit in report.visits):
        return figures.words.ngettext(
            "%(count)s person took a number; nobody has been served at a counter.",
            "%(count)s people took a number; nobody has been served at a counter.",
            count,
        ) % {"count": figures.count(count)}
    return figures.words.ngettext(
        "%(count)s person took a number; nobody has been served.",
        "%(count)s people took a number; nobody has been served.",
        count,
    ) % {"count": figures.count(count)}


def _worst(worst: Period, figures: Figures) -> str:
    """Not called worst where even then nobody waited longer than was promised."""
    start, end = figures.bounds(worst)
    blanks = {
        "start": start,
        "end": end,
        "counters": _counters_open(worst.counters_open, figures),
        "people": _people_waiting(worst.most_waiting, figures),
    }
    if worst.late.count:
        blanks |= {
            "count": figures.count(worst.late.count),
            "of": figures.count(worst.late.of),
        }
        return (
            figures.words.gettext(
                "The worst half hour was %(start)s to %(end)s: %(count)s of %(of)s people waited "
                "longer than promised, with %(counters)s and up to %(people)s."
            )
            % blanks
        )
    blanks["wait"] = figures.minutes_long(worst.waits.mean_s)
    return (
        figures.words.gettext(
            "The longest waits were from %(start)s to %(end)s: %(wait)s on average,"
            " with %(counters)s and up to %(people)s."
        )
        % blanks
    )


def _counters_open(average: float, figures: Figures) -> str:
    count = max(1, round(average)) if average else 0
    if count == 0:
        return figures.words.gettext("no counter open")
    sentence = figures.words.ngettext("%(count)s counter open", "%(count)s counters open", count)
    return sentence % {"count": count}


def _people_waiting(count: int, figures: Figures) -> str:
    sentence = figures.words.ngettext("%(count)s person waiting", "%(count)s people waiting", count)
    return sentence % {"count": count}


def _resting(report: DayReport, figures: Figures) -> str:
    return figures.words.ngettext(
        "%(count)s person is away, and their place is kept.",
        "%(count)s people are away, and their places are kept.",
        report.resting_now,
    ) % {"count": figures.count(report.resting_now)}


def _now(report: DayReport, figures: Figures) -> str:
    return figures.words.ngettext(
        "%(count)s person is waiting now, for %(wait)s.",
        "%(count)s people are waiting now, the longest for %(wait)s.",
        report.waiting_now,
    ) % {
        "count": figures.count(report.waiting_now),
        "wait": figures.waited_long(report.longest_now_s),
    }
