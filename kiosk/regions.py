"""The list of services as a live region: what is offered, who waits, and whether it is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import HTTPConnection

from kiosk.back_key import BackKey, back_key
from kiosk.context import KioskContext
from kiosk.hours import Closed, closed_now
from kiosk.line_breaks import keep_words_whole
from kiosk.offers import Offer, offer_screen
from lobby.live.channels import Urgency
from lobby.queueing.model.hall import Hall
from lobby.web.devices import DeviceKind, still_paired
from lobby.web.live_screen import LiveScreen

BACK_REGION = "kiosk-back"
"""The name of the region is the id of its element, which stands outside the list."""


@dataclass(frozen=True, slots=True)
class Answers:
    """`closed` stands in place of the offers outside opening hours."""

    offers: tuple[Offer, ...]
    closed: Closed | None = None


def present_answers(kiosk: KioskContext, hall: Hall, now: datetime) -> Answers:
    closed = closed_now(kiosk, hall, now)
    return Answers((), closed) if closed else Answers(offer_screen(kiosk, hall).offers)


def answers_screen(connection: HTTPConnection, kiosk: KioskContext) -> LiveScreen:
    def present(hall: Hall, now: datetime) -> Mapping[str, Answers | BackKey]:
        return {"answers": present_answers(kiosk, hall, now), BACK_REGION: back_key(kiosk, hall)}

    def paint(region: str, view: Answers | BackKey) -> str:
        template = "kiosk/_back.html" if region == BACK_REGION else "kiosk/_answers.html"
        html = kiosk.services.pages.render(template, kiosk.language, view=view)
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
