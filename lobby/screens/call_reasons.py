"""Why a ticket was called, and the calling rule, in sentences for tellers and customers."""

from datetime import datetime

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.calling.score import score
from lobby.queueing.model.choice import Choice, Rule, Score
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import Order
from lobby.queueing.model.ticket import Ticket

ORDER_IN_WORDS = mark(
    "Everyone gets a promised time. We call whoever has used up most of it. Quick jobs count more. "
    "No more than %(times)s people who came after you can go first."
)
FIRST_COME_IN_WORDS = mark("We call in the order in which you came.")


def reason_for_teller(choice: Choice, language: str) -> str:
    """`A012: promised 20 min, has waited 17; passed twice` - to the teller, of one call."""
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


def used_of_promise(hall: Hall, ticket: Ticket, now: datetime, language: str) -> str:
    """`promised 20 min, has waited 17; passed twice` - to staff, of somebody who waits."""
    now_scored = score(hall, ticket, now)
    parts = [_promised(now_scored, language)]
    if ticket.overtakes:
        parts.append(times_passed(ticket.overtakes, language))
    return texts(language).gettext(mark("; ")).join(parts)


def reason_for_customer(hall: Hall, ticket: Ticket, now: datetime, language: str) -> str:
    """The same to the customer: what was promised, and how often somebody went before."""
    say = texts(language).gettext
    within = {"within": _whole(score(hall, ticket, now).within_min)}
    promised = say(mark("We promise to call you within %(within)s minutes.")) % within
    if hall.plan.calling.order is not Order.RULE_A or not ticket.overtakes:
        return promised
    passed = texts(language).ngettext(
        "One person who came after you went first; at most %(most)s can.",
        "%(count)s people who came after you went first; at most %(most)s can.",
        ticket.overtakes,
    )
    figures = {"count": ticket.overtakes, "most": hall.plan.calling.overtakes_max}
    return LANGUAGES[language].sentences(promised, passed % figures)


def order_in_words(hall: Hall, language: str) -> str:
    """The rule of the branch as it stands on the ticket and on the kiosk."""
    say = texts(language).gettext
    rule = hall.plan.calling
    if rule.order is not Order.RULE_A:
        return say(FIRST_COME_IN_WORDS)
    return say(ORDER_IN_WORDS) % {"times": rule.overtakes_max}


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
    figures = {"waited": _whole(choice.waited_s / 60), "reason": choice.reason}
    match choice.rule:
        case Rule.PROMISE if choice.score:
            return _promised(choice.score, language)
        case Rule.BUDGET:
            return say(mark("may not be passed again, has waited %(waited)s min")) % figures
        case Rule.NEXT:
            return say(mark("was shown as next, has waited %(waited)s min")) % figures
        case Rule.RESERVED:
            return say(mark("was sent to this counter, has waited %(waited)s min")) % figures
        case Rule.CHOSEN:
            return say(mark("chosen by hand (%(reason)s), has waited %(waited)s min")) % {
                **figures,
                "reason": say(choice.reason),
            }
        case _:
            return say(mark("first come, has waited %(waited)s min")) % figures


def _promised(scored: Score, language: str) -> str:
    words = mark("promised %(within)s min, has waited %(waited)s")
    figures = {"within": _whole(scored.within_min), "waited": _whole(scored.waited_min)}
    return texts(language).gettext(words) % figures


def _whole(minutes: float) -> int:
    return int(minutes)
