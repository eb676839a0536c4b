"""How a wait is said to people: a range, never a number that pretends to know; and why."""

from collections.abc import Iterator

from lobby.forecast.estimate import Cause
from lobby.forecast.wait_range import OVER_MIN, STEP_MIN, WaitRange
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.waits.announced import Basis, ChangeReason, Wait

MOVED = {
    ChangeReason.PAUSED: mark("A counter paused"),
    ChangeReason.CLOSED: mark("A counter closed"),
    ChangeReason.OTHERS_FIRST: mark("More people are before you now"),
    ChangeReason.SLOWER: mark("Customers at the counters take longer than expected"),
    ChangeReason.OPENED: mark("Another counter opened"),
    ChangeReason.MORE_TIME: mark("You asked for more time"),
    ChangeReason.SERVICE: mark("What you came for was changed"),
    ChangeReason.ADVISER: mark("You wait for the adviser you asked for"),
    ChangeReason.ANEW: mark("We have worked out your wait anew"),
}


def wait_words(wait: Wait, language: str) -> str:
    """`about 10 to 15 min`; never empty: who cannot say counts the people ahead."""
    say = texts(language).gettext
    if wait.range is not None:
        return _range_words(wait.range, language)
    if not wait.is_served:
        return say(mark("No counter is open for this yet"))
    return ahead_words(wait, language) if wait.ahead else say(mark("nobody before you"))


def short_wait(wait: Wait, language: str) -> str:
    """`10–15 min`, `over 35 min`, for a line of a table; empty where nobody can say."""
    return short_range(wait.range, language)


def short_range(shown: WaitRange | None, language: str) -> str:
    say = texts(language).gettext
    if shown is None:
        return ""
    if shown.is_short:
        return say(mark("under %(high)s min")) % {"high": STEP_MIN}
    if shown.high_min is None and shown.low_min:
        return say(mark("over %(low)s min")) % {"low": shown.low_min}
    if shown.high_min is None or not shown.low_min:
        return _range_words(shown, language)
    blanks = {"low": shown.low_min, "high": shown.high_min}
    return say(mark("%(low)s–%(high)s min")) % blanks


def ahead_words(wait: Wait, language: str) -> str:
    """Who is before them, in a line of its own. To be next is said only where it is certain."""
    words = texts(language)
    if wait.is_next:
        return words.gettext(mark("You are next"))
    if wait.ahead:
        ahead = words.ngettext("%(num)s person before you", "%(num)s people before you", wait.ahead)
        return ahead % {"num": wait.ahead}
    if wait.is_soon:
        return words.gettext(mark("It is your turn very soon"))
    nobody = words.gettext(mark("Nobody is before you"))
    busy = busy_words(wait, language)
    return LANGUAGES[language].clause_gap.join((nobody, busy)) if busy else nobody


def busy_words(wait: Wait, language: str) -> str:
    """Why it takes long although nobody is before them; empty where somebody is, or it does not."""
    if not wait.is_busy:
        return ""
    rests = next(_rests(wait.cause, language), "") if wait.cause else ""
    return rests or texts(language).ngettext(
        "the counter is busy", "the counters are busy", max(1, wait.counters)
    )


def cause_words(wait: Wait, language: str) -> str:
    """`4 before you, 3 counters open; about 6 min each; counter 2 takes a break at
    12:10`. Empty where nothing is known, or nothing worth saying."""
    grounds = wait.cause
    if grounds is None or grounds.cause is Cause.FREE:
        return ""
    return LANGUAGES[language].clause_gap.join(_clauses(wait, grounds, language))


def moved_words(wait: Wait, language: str) -> str:
    """Why the range is another one than before; empty where it is not."""
    return texts(language).gettext(MOVED[wait.moved]) if wait.moved else ""


def _range_words(shown: WaitRange, language: str) -> str:
    say = texts(language).gettext
    if shown.is_short:
        return say(mark("the next few minutes"))
    blanks = {"low": shown.low_min, "high": shown.high_min}
    if shown.high_min is None:
        if shown.low_min >= OVER_MIN:
            return say(mark("over %(low)s min")) % {"low": OVER_MIN}
        if not shown.low_min:
            return say(mark("perhaps over an hour"))
        return say(mark("over %(low)s min, perhaps over an hour")) % blanks
    if shown.low_min == 0:
        return say(mark("up to %(high)s min")) % blanks
    return say(mark("about %(low)s to %(high)s min")) % blanks


def _clauses(wait: Wait, grounds: Basis, language: str) -> Iterator[str]:
    words = texts(language)
    counters = {"num": wait.counters, "ahead": wait.ahead}
    if not wait.is_served:
        yield from _rests(grounds, language)
        return
    if wait.ahead:
        yield (
            words.ngettext(
                "%(ahead)s before you, %(num)s counter open",
                "%(ahead)s before you, %(num)s counters open",
                wait.counters,
            )
            % counters
        )
    else:
        yield (
            words.ngettext(
                "%(num)s counter open for this",
                "%(num)s counters open for this",
                wait.counters,
            )
            % counters
        )
    if wait.ahead:
        yield words.gettext(mark("about %(minutes)s min each")) % {"minutes": grounds.job_min}
    yield from _rests(grounds, language)


def _rests(grounds: Basis, language: str) -> Iterator[str]:
    """Which counter goes on a break, or is on one."""
    say = texts(language).gettext
    blanks = {"counter": grounds.counter, "time": grounds.at}
    if grounds.counter is None:
        return
    if grounds.cause is Cause.BREAK and grounds.at:
        yield say(mark("counter %(counter)s takes a break at %(time)s")) % blanks
    elif grounds.cause is Cause.PAUSED and grounds.at:
        yield say(mark("counter %(counter)s is back at %(time)s")) % blanks
    elif grounds.cause is Cause.PAUSED:
        yield say(mark("counter %(counter)s is paused")) % blanks
