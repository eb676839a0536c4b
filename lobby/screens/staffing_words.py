"""The recommendation to open or close a counter, in words: what to do, and why."""

from dataclasses import dataclass

from lobby.forecast.staffing import Kind, Recommendation
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.screens.words import counter_label
from lobby.web.services import Services


@dataclass(frozen=True, slots=True)
class Advised:
    """What a screen shows of a recommendation."""

    id: str
    what: str
    why: str


def advised_in(services: Services, hall: Hall, language: str) -> Advised | None:
    """None while all counters are as they should be."""
    plan = hall.plan
    standing = services.staffing.advised(hall)
    if standing is None:
        return None
    told = standing.told
    return Advised(standing.id, what_to_do(told, plan, language), why_so(told, language))


def what_to_do(told: Recommendation, plan: Plan, language: str) -> str:
    say = texts(language).gettext
    opens = told.kind is Kind.OPEN
    words = mark("Open counter %(counter)s") if opens else mark("Counter %(counter)s can close")
    return say(words) % {"counter": counter_label(plan, told.counter)}


def why_so(told: Recommendation, language: str) -> str:
    """`Of the 20 people due in the next 45 minutes, 12 would be called in time; with it, 19.`"""
    say = texts(language).gettext
    figures = {
        "people": round(told.people),
        "now": round(told.in_promise * told.people),
        "then": round(told.would_be * told.people),
    }
    if told.kind is Kind.OPEN:
        return (
            say(
                mark(
                    "Of the %(people)s people due in the next 45 minutes, %(now)s would be called "
                    "in time; with it, %(then)s."
                )
            )
            % figures
        )
    return (
        say(
            mark(
                "Of the %(people)s people due in the next 45 minutes, %(then)s would still be "
                "called in time without it."
            )
        )
        % figures
    )
