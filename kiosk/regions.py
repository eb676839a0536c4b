"""The answers of the first question, as they stand in the hall now: services and who waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.stand import Kiosk
from lobby.live.rooms import Urgency
from lobby.queueing.hall import Hall
from lobby.queueing.plan import Service
from lobby.web.livescreen import LiveScreen

ICONS = {
    "A01": "cash-out",
    "A02": "cash-in",
    "A03": "coins",
    "A04": "transfer",
    "A05": "document",
    "A06": "bill",
    "A07": "cash-out",
    "A08": "cash-out",
    "B01": "card",
    "B02": "card",
    "B03": "card",
    "B04": "phone",
    "B05": "person",
    "B06": "document",
    "C01": "building",
    "C02": "building",
    "F01": "exchange",
    "L01": "home",
    "W01": "report",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One service to choose; `waiting` counts those who wait for the same counters."""

    service: str
    name: str
    icon: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Answers:
    answers: tuple[Answer, ...]


def present_answers(hall: Hall, services: tuple[Service, ...], language: str) -> Answers:
    return Answers(
        tuple(
            Answer(
                service.code,
                service.name(language),
                ICONS.get(service.code, "counter"),
                hall.waiting_in_pool(service.pool),
            )
            for service in services
        )
    )


def answers_screen(kiosk: Kiosk) -> LiveScreen:
    choices = kiosk.choices
    services = services_on_page(kiosk)
    names = "-".join(service.code for service in services)

    def present(hall: Hall, _now: datetime) -> Answers:
        return present_answers(hall, services, choices.language)

    def paint(view: Answers) -> Mapping[str, str]:
        return {
            "answers": kiosk.house.pages.render("kiosk/_answers.html", choices.language, view=view)
        }

    return LiveScreen(
        key=f"{kiosk.branch.id}/kiosk/{names}/{choices.language}",
        urgency=Urgency.KIOSK,
        branch=kiosk.branch,
        present=present,
        paint=paint,
        still_allowed=kiosk.still_allowed,
    )


def services_on_page(kiosk: Kiosk) -> tuple[Service, ...]:
    """In the catalogue's order, which begins with what most people come for."""
    count = kiosk.choices.answers
    first = (kiosk.choices.page - 1) * count
    return tuple(kiosk.branch.plan.services.values())[first : first + count]
