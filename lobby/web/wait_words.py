"""How a wait is said to people: a range, never a number that pretends to know."""

from lobby.forecast.line import WaitRange
from lobby.i18n.texts import mark, texts


def wait_words(wait: WaitRange | None, language: str) -> str:
    """`about 10 to 15 min`; an empty sentence never: who cannot say says that."""
    say = texts(language).gettext
    if wait is None:
        return say(mark("No counter is open for this yet"))
    if wait.is_short:
        return say(mark("the next few minutes"))
    if wait.high_min is None:
        return say(mark("over %(low)s min")) % {"low": wait.low_min}
    if wait.low_min == 0:
        return say(mark("up to %(high)s min")) % {"high": wait.high_min}
    return say(mark("about %(low)s to %(high)s min")) % {
        "low": wait.low_min,
        "high": wait.high_min,
    }
