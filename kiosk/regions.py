"""The list of services as a live region: what is offered, who waits, and whether it is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import HTTPConnection

from kiosk.context import KioskContext
from kiosk.hours import Closed, closed_now
from kiosk.line_breaks import keep_words_whole
from kiosk.offers import Offer, offer_screen
from lobby.live.channels import Urgency
from lobby.queueing.model.hall import Hall
from lobby.web.devices import DeviceKind, still_paired
from lobby.web.live_screen import LiveScreen


@dataclass(frozen=True, slots=True)
class Answers:
    """`closed` stands in place of the offers outside opening hours."""

    offers: tuple[Offer, ...]
    closed: Closed | None = None


def present_answers(kiosk: KioskContext, hall: Hall, now: datetime) -> Answers:
    closed = closed_now(kiosk, hall, now)
    return Answers((), closed) if closed else Answers(offer_screen(kiosk, hall).offers)


def answers_screen(connection: HTTPConnection, kiosk: KioskContext) -> LiveScreen:
    def present(hall: Hall, now: datetime) -> Mapping[str, Answers]:
        return {"answers": present_answers(kiosk, hall, now)}

    def paint(_region: str, view: Answers) -> str:
        html = kiosk.services.pages.render("kiosk/_answers.html", kiosk.language, view=view)
        return keep_words_whole(html, kiosk.language)

    session = kiosk.session
    address = session.to("/kiosk", service="", answers=())
    return LiveScreen(
        key=f"{kiosk.branch.id}/kiosk/{session.language}/{session.home_language}{address}",
        urgency=Urgency.KIOSK,
        branch=kiosk.branch,
        present=present,
        paint=paint,
        still_allowed=still_paired(connection, DeviceKind.KIOSK),
    )
