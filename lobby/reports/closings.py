"""What was left open at the end of a day, and was ended by nobody: told to the branch head."""

from collections.abc import Sequence

from lobby.queueing.events.event import DayClosedOut
from lobby.queueing.model.plan import Plan
from lobby.reports.figures import Figures

NUMBERED_MAX = 10
"""More numbers than this are counted, not listed."""


def closing_sentences(closing: DayClosedOut, plan: Plan, figures: Figures) -> tuple[str, ...]:
    say = figures.words.gettext
    told = [
        say(
            "At %(time)s this day was closed out: since %(since)s nothing had been done, and this"
            " was still open."
        )
        % {"time": figures.clock(closing.at), "since": figures.clock(closing.idle_since)}
    ]
    if closing.counters:
        known = plan.counters
        signs = [str(known[id_].number) if id_ in known else id_ for id_ in closing.counters]
        told.append(say("Counters that nobody closed: %(counters)s.") % {"counters": _list(signs)})
    if closing.at_counters:
        numbers = _list(closing.at_counters)
        told.append(say("Numbers at a counter, not finished: %(numbers)s.") % {"numbers": numbers})
    if closing.others:
        numbers = _list(closing.others)
        told.append(
            say("Numbers that nobody ended, %(count)s: %(numbers)s.")
            % {"count": figures.count(len(closing.others)), "numbers": numbers}
        )
    return tuple(told)


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NUMBERED_MAX])
    return f"{shown} …" if len(names) > NUMBERED_MAX else shown
