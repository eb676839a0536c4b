"""The list of services as a live region: what is offered, who waits, and whether it is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.context import KioskContext
from kiosk.hours import closed_words
from kiosk.offers import Offer, screen_of
from lobby.live.rooms import Urgency
from lobby.queueing.model.hall import Hall
from lobby.web.live_screen import LiveScreen


@dataclass(frozen=True, slots=True)
class Answers:
    """`closed` is the sentence that stands in place of the offers outside opening hours."""

    offers: tuple[Offer, ...]
    closed: str | None = None


def present_answers(kiosk: KioskContext, hall: Hall, now: datetime) -> Answers:
    closed = closed_words(kiosk, now, kiosk.choices.language)
    return Answers((), closed) if closed else Answers(screen_of(kiosk, hall).offers)


def answers_screen(kiosk: KioskContext) -> LiveScreen:
    def present(hall: Hall, now: datetime) -> Answers:
        return present_answers(kiosk, hall, now)

    def paint(view: Answers) -> Mapping[str, str]:
        html = kiosk.services.pages.render("kiosk/_answers.html", kiosk.choices.language, view=view)
        return {"answers": html}

    choices = kiosk.choices
    address = choices.to("/kiosk", service="", answers=())
    return LiveScreen(
        key=f"{kiosk.branch.id}/kiosk/{choices.language}/{choices.home_language}{address}",
        urgency=Urgency.KIOSK,
        branch=kiosk.branch,
        present=present,
        paint=paint,
        still_allowed=kiosk.still_allowed,
    )
