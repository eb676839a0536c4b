"""In which order the branch calls, in one sentence that a customer can hold it to."""

from lobby.i18n.texts import mark, texts
from lobby.queueing.plan import Plan
from lobby.queueing.priority import Order

FIRST_COME = mark("We call in the order of arrival.")


def order_rule(plan: Plan, language: str) -> str:
    """Empty for an order that can only be compared with, never be promised."""
    words = texts(language)
    match plan.calling.order:
        case Order.FIRST_COME:
            return words.gettext(FIRST_COME)
        case Order.STRICT:
            return ""
        case Order.RULE_A:
            most = plan.calling.overtakes_max
            sentence = words.ngettext(
                "Everyone has a promised time, and we call whoever has used up most of it; quick "
                "jobs count more, and no more than %(num)s person who came later can go before "
                "you.",
                "Everyone has a promised time, and we call whoever has used up most of it; quick "
                "jobs count more, and no more than %(num)s people who came later can go before "
                "you.",
                most,
            )
            return sentence % {"num": most}
