"""Sentences about a day to come: how many are expected and why, and what to change."""

from collections.abc import Iterator, Mapping

from lobby.i18n.texts import mark
from lobby.planning.arrivals import Cause, Forecast
from lobby.planning.kept import KeptAdvice
from lobby.planning.search import GOAL, Change
from lobby.planning.service import DayPlanned
from lobby.planning.trial import Outcome
from lobby.reports.day import DayReport
from lobby.reports.figures import Figures
from lobby.reports.periods import Period
from lobby.reports.week_map import clock_of

SPEAKS_FROM = 0.10
"""A day that is by less busier or quieter than its weekday is told as one like the others."""

NEARLY = 0.3
"""Of a counter: who opened ten minutes late followed the advice."""

BUSIER: Mapping[Cause, str] = {
    Cause.DAY_OF_MONTH: mark("This day of the month is %(share)s busier than its weekday."),
    Cause.MONTH_END: mark("The end of the month is %(share)s busier than its weekday."),
    Cause.AFTER_HOLIDAY: mark("The day after a holiday is %(share)s busier than its weekday."),
}

QUIETER: Mapping[Cause, str] = {
    Cause.DAY_OF_MONTH: mark("This day of the month is %(share)s quieter than its weekday."),
    Cause.MONTH_END: mark("The end of the month is %(share)s quieter than its weekday."),
    Cause.AFTER_HOLIDAY: mark("The day after a holiday is %(share)s quieter than its weekday."),
}


def expected_sentences(forecast: Forecast, figures: Figures) -> tuple[str, ...]:
    """How many are expected, and what of the calendar makes the day an unusual one."""
    people = figures.words.ngettext(
        "About %(count)s person is expected for the counters.",
        "About %(count)s people are expected for the counters.",
        max(1, round(forecast.people)),
    ) % {"count": figures.count(round(forecast.people))}
    return (people, *_causes(forecast.factors, figures))


def _causes(factors: Mapping[Cause, float], figures: Figures) -> Iterator[str]:
    for cause, factor in factors.items():
        more = factor - 1
        if abs(more) >= SPEAKS_FROM:
            words = BUSIER[cause] if more > 0 else QUIETER[cause]
            yield figures.words.gettext(words) % {"share": figures.percent(round(abs(more), 2))}


def advice_sentences(planned: DayPlanned, most: int, figures: Figures) -> tuple[str, ...]:
    """At most three, with hour, counters and gain; one where nothing is to be changed."""
    answer = planned.answer
    if answer is None:
        return ()
    if answer.changes:
        return tuple(change_sentence(change, figures) for change in answer.changes)
    outcome = answer.with_usual
    if outcome.share() >= GOAL:
        return (_enough(outcome, figures),)
    return (_no_counter_left(answer.with_needed, most, figures),)


def change_sentence(change: Change, figures: Figures) -> str:
    blanks = {
        "counters": figures.count(change.counters),
        "start": clock_of(change.start),
        "end": clock_of(change.end),
    }
    if change.counters < change.usual:
        return (
            figures.words.ngettext(
                "From %(start)s to %(end)s %(counters)s counter is enough, one fewer than usual: "
                "a colleague is free for the lobby.",
                "From %(start)s to %(end)s %(counters)s counters are enough, one fewer than usual: "
                "a colleague is free for the lobby.",
                change.counters,
            )
            % blanks
        )
    late = max(1, round(change.late))
    blanks |= {"gain": figures.count(min(late, round(change.gain))), "late": figures.count(late)}
    return (
        figures.words.gettext(
            "Open %(counters)s counters from %(start)s to %(end)s, one more than usual: %(gain)s "
            "of the %(late)s people who would wait longer than promised are then served in time."
        )
        % blanks
    )


def _enough(outcome: Outcome, figures: Figures) -> str:
    return figures.words.gettext(
        "The usual counters are enough: about %(kept)s of %(people)s people within the promise."
    ) % _people(outcome, figures)


def _no_counter_left(outcome: Outcome, most: int, figures: Figures) -> str:
    return figures.words.gettext(
        "No further counter helps: with all %(most)s open when they are needed, about %(kept)s of "
        "%(people)s people are within the promise."
    ) % {**_people(outcome, figures), "most": figures.count(most)}


def outcome_sentence(outcome: Outcome, figures: Figures) -> str:
    return figures.words.gettext(
        "About %(kept)s of %(people)s people within the promise (%(share)s); the longest wait "
        "about %(longest)s."
    ) % {
        **_people(outcome, figures),
        "share": figures.percent(outcome.share()),
        "longest": figures.minutes_long(60 * round(outcome.longest_s / 60)),
    }


def _people(outcome: Outcome, figures: Figures) -> dict[str, str]:
    return {
        "kept": figures.count(round(sum(outcome.kept))),
        "people": figures.count(round(sum(outcome.people))),
    }


def became_sentences(kept: KeptAdvice, report: DayReport, figures: Figures) -> tuple[str, ...]:
    """Of each piece of advice what was done, and how the hours went that it was about."""
    if not kept.changes:
        return (figures.words.gettext(mark("Nothing was to be changed on that day.")),)
    return tuple(_became(change, report, figures) for change in kept.changes)


def _became(change: Change, report: DayReport, figures: Figures) -> str:
    """People who were late then: those whose wait ended in these hours or the one after."""
    local = figures.plan.local
    begun = [
        (2 * at.hour + at.minute // 30, each)
        for each in report.half_hours
        for at in [local(each.start)]
    ]
    within = [each for index, each in begun if change.start <= index < change.end]
    felt = [each for index, each in begun if change.start <= index < change.end + 2]
    counters = _mean_open(within)
    followed = counters >= change.counters - NEARLY
    if change.counters < change.usual:
        followed = counters <= change.counters + NEARLY
    words = (
        mark(
            "Done: on average %(counters)s counters were open, and %(late)s of %(of)s people "
            "waited longer than promised."
        )
        if followed
        else mark(
            "Not done: on average %(counters)s counters were open, and %(late)s of %(of)s "
            "people waited longer than promised."
        )
    )
    return figures.words.gettext(words) % {
        "counters": figures.decimal(counters),
        "late": figures.count(sum(each.late.count for each in felt)),
        "of": figures.count(sum(each.late.of for each in felt)),
    }


def _mean_open(periods: list[Period]) -> float:
    return sum(each.counters_open for each in periods) / len(periods) if periods else 0.0


def field_name(index: int) -> str:
    """Of the counters of a half hour in the form: `at0830`."""
    return f"at{clock_of(index).replace(':', '')}"
