"""The situations for which scripts are kept, with their titles and icons."""

from enum import StrEnum

from lobby.i18n.texts import mark


class Situation(StrEnum):
    """In the order of a customer's day; the names are kept with every version."""

    GREETING = "greeting"
    SMALL_CASH = "small_cash"
    DECLINED = "declined"
    MACHINE_STUCK = "machine_stuck"
    LONG_WAIT = "long_wait"
    ELDERLY = "elderly"
    RISK = "risk"
    LOST_CARD = "lost_card"
    COMPLAINT = "complaint"
    ANGRY = "angry"
    CLOSING = "closing"


TITLES = {
    Situation.GREETING: mark("Greeting at the door"),
    Situation.SMALL_CASH: mark("Offering the machine"),
    Situation.DECLINED: mark("The customer prefers the counter"),
    Situation.MACHINE_STUCK: mark("The machine is stuck"),
    Situation.LONG_WAIT: mark("A long wait"),
    Situation.ELDERLY: mark("An older customer"),
    Situation.RISK: mark("Possible fraud"),
    Situation.LOST_CARD: mark("A lost card"),
    Situation.COMPLAINT: mark("A complaint"),
    Situation.ANGRY: mark("An upset customer"),
    Situation.CLOSING: mark("Closing soon"),
}

ICONS = {
    Situation.GREETING: "person",
    Situation.SMALL_CASH: "card",
    Situation.DECLINED: "counter",
    Situation.MACHINE_STUCK: "device",
    Situation.LONG_WAIT: "clock",
    Situation.ELDERLY: "people",
    Situation.RISK: "warning",
    Situation.LOST_CARD: "card",
    Situation.COMPLAINT: "bell",
    Situation.ANGRY: "help",
    Situation.CLOSING: "home",
}


def situation(text: str) -> Situation | None:
    return Situation(text) if text in set(Situation) else None
