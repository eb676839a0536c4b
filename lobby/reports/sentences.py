"""Opening sentences of the report: what a person would say about the day."""

from lobby.i18n.languages import LANGUAGES
from lobby.reports.day import DayReport
from lobby.reports.figures import Figures
from lobby.reports.measures import FEW, Rate
from lobby.reports.periods import Period


def sentences(report: DayReport, figures: Figures) -> tuple[str, ...]:
    """At most five: whom the branch closed on, the promise, the worst half hour, who waits now,
    and who is away."""
    if not report.visits:
        return (_nothing(report, figures),)
    told = [_promise(report, figures)]
    if report.absences.left_at_end:
        told.insert(0, _closed_out(report.absences.left_at_end, figures))
    if report.worst is not None:
        told.append(_worst(report, report.worst, figures))
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


def _promise(report: DayReport, figures: Figures) -> str:
    if not report.within.of:
        return _nobody_served(report, figures)
    people = _share(report.within, figures)
    promise = figures.minutes_long(report.target_min * 60)
    if report.is_running:
        return figures.words.gettext(
            "Today until %(time)s, %(people)s were served within the promised %(promise)s."
        ) % {"time": figures.clock(report.until), "people": people, "promise": promise}
    told = figures.words.gettext("%(people)s were served within the promised %(promise)s.")
    sentence = told % {"people": people, "promise": promise}
    return sentence[:1].upper() + sentence[1:]


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


def _share(rate: Rate, figures: Figures) -> str:
    """Of few people each counts; of many, `about 8 of 10` is what a person remembers."""
    count, of = figures.count(rate.count), figures.count(rate.of)
    if rate.count == rate.of > 1:
        return figures.words.gettext("all %(of)s people") % {"of": of}
    if rate.of < FEW or rate.count == 0:
        return figures.words.gettext("%(count)s of %(of)s people") % {"count": count, "of": of}
    tenths = round(10 * rate.count / rate.of)
    if tenths == 10:
        return figures.words.gettext("nearly all of %(of)s people") % {"of": of}
    if tenths == 0:
        return figures.words.gettext("hardly any of %(of)s people") % {"of": of}
    return figures.words.gettext("about %(tenths)s in 10 people") % {"tenths": tenths}


def _worst(report: DayReport, worst: Period, figures: Figures) -> str:
    """Not called worst where even then people waited less than was promised."""
    kept = (worst.waits.mean_s or 0.0) <= report.target_min * 60
    sentence = (
        figures.words.gettext(
            "The longest waits were from %(start)s to %(end)s: %(wait)s on average,"
            " with %(counters)s and up to %(people)s."
        )
        if kept
        else figures.words.gettext(
            "The worst half hour was %(start)s to %(end)s: %(wait)s on average,"
            " with %(counters)s and up to %(people)s."
        )
    )
    start, end = figures.bounds(worst)
    return sentence % {
        "start": start,
        "end": end,
        "wait": figures.minutes_long(worst.waits.mean_s),
        "counters": _counters_open(worst.counters_open, figures),
        "people": _people_waiting(worst.most_waiting, figures),
    }


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
