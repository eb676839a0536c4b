"""Why a ticket was called, and the calling rule, in sentences for tellers and customers."""

from datetime import datetime

from lobby.i18n.formats import minutes
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.calling.score import score
from lobby.queueing.model.choice import Choice, Rule, Score
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import Order
from lobby.queueing.model.ticket import Ticket

ORDER_IN_WORDS = mark(
    "Everyone has a promised waiting time. Whoever is closest to it is called first; quick jobs a "
    "little sooner. At most %(times)s people who came after you can be called before you."
)
FIRST_COME_IN_WORDS = mark("We call in the order in which you came.")
FIRST_COME_BESIDE_PREMIUM = mark(
    "We call in the order in which you came; premium customers have a counter of their own."
)
STRICT_IN_WORDS = mark(
    "We call by groups: urgent matters first, then booked times, who needs help, and premium "
    "customers. Within a group we call in the order in which you came."
)


def reason_for_teller(choice: Choice, language: str) -> str:
    """`A012: promised 20 min, has waited 17 min; passed twice` - to the teller, of one call."""
    say = texts(language).gettext
    parts = [_why(choice, language)]
    if choice.score and choice.score.overtakes:
        parts.append(times_passed(choice.score.overtakes, language))
    if choice.passed:
        ahead = texts(language).ngettext(
            "goes before one who came earlier",
            "goes before %(count)s who came earlier",
            len(choice.passed),
        )
        parts.append(ahead % {"count": len(choice.passed)})
    return say(mark("%(number)s: %(why)s")) % {
        "number": choice.number,
        "why": say(mark("; ")).join(parts),
    }


def reason_for_customer(hall: Hall, ticket: Ticket, now: datetime, language: str) -> str:
    """The same to the customer: what was promised, and how often somebody went before."""
    say = texts(language).gettext
    within = {"within": _time(score(hall, ticket, now).within_min, language)}
    promised = say(mark("We promise to call you within %(within)s.")) % within
    if hall.plan.calling.order is not Order.RULE_A or not ticket.overtakes:
        return promised
    passed = texts(language).ngettext(
        "One person who came after you was called first; at most %(most)s can be.",
        "%(count)s people who came after you were called first; at most %(most)s can be.",
        ticket.overtakes,
    )
    figures = {"count": ticket.overtakes, "most": hall.plan.calling.overtakes_max}
    return LANGUAGES[language].sentences(promised, passed % figures)


def order_in_words(hall: Hall, language: str) -> str:
    """The rule of the branch as it stands on the ticket and on the kiosk."""
    say = texts(language).gettext
    rule = hall.plan.calling
    match rule.order:
        case Order.RULE_A:
            return say(ORDER_IN_WORDS) % {"times": rule.overtakes_max}
        case Order.STRICT:
            return say(STRICT_IN_WORDS)
        case Order.FIRST_COME:
            has_own = any(counter.premium for counter in hall.plan.counters.values())
            return say(FIRST_COME_BESIDE_PREMIUM if has_own else FIRST_COME_IN_WORDS)


def times_passed(times: int, language: str) -> str:
    say = texts(language).gettext
    match times:
        case 1:
            return say(mark("passed once"))
        case 2:
            return say(mark("passed twice"))
        case _:
            return say(mark("passed %(times)s times")) % {"times": times}


def _why(choice: Choice, language: str) -> str:
    say = texts(language).gettext
    figures = {"waited": minutes(choice.waited_s, language), "reason": choice.reason}
    match choice.rule:
        case Rule.PROMISE if choice.score:
            return _promised(choice.score, language)
        case Rule.BUDGET:
            return say(mark("cannot be passed again, has waited %(waited)s")) % figures
        case Rule.NEXT:
            return say(mark("was shown as next, has waited %(waited)s")) % figures
        case Rule.RESERVED:
            return say(mark("was sent to this counter, has waited %(waited)s")) % figures
        case Rule.CHOSEN:
            return say(mark("chosen by hand (%(reason)s), has waited %(waited)s")) % {
                **figures,
                "reason": say(choice.reason),
            }
        case _:
            return say(mark("first come, first called; has waited %(waited)s")) % figures


def _promised(scored: Score, language: str) -> str:
    words = mark("promised %(within)s, has waited %(waited)s")
    figures = {
        "within": _time(scored.within_min, language),
        "waited": _time(scored.waited_min, language),
    }
    return texts(language).gettext(words) % figures


def _time(whole_or_part_min: float, language: str) -> str:
    return minutes(whole_or_part_min * 60, language)
