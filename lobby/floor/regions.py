"""The live regions of the lobby manager's tablet."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from markupsafe import Markup
from starlette.requests import HTTPConnection

from lobby.floor.views import Floor, view_of
from lobby.floor.words import HELP_KINDS, MACHINE_KINDS, MACHINE_STATES, OUTCOMES
from lobby.live.rooms import Urgency
from lobby.queueing.hall import Hall
from lobby.queueing.plan import Plan
from lobby.queueing.ticket import Ticket
from lobby.web.advice import second_offer
from lobby.web.hall_words import speaker
from lobby.web.house import house_of
from lobby.web.livescreen import LiveScreen
from lobby.web.pages import Pages
from lobby.web.staff import Staff, still_signed_in
from lobby.web.staff_names import staff_names

WORDS = {
    "machine_kinds": MACHINE_KINDS,
    "machine_states": MACHINE_STATES,
    "help_kinds": HELP_KINDS,
    "outcomes": OUTCOMES,
}

REGIONS = ("help", "strip", "waiting", "returns", "slips", "machines", "counters", "calls")


async def screen(connection: HTTPConnection, staff: Staff, language: str) -> LiveScreen:
    """The same for everybody of the branch who reads the same language."""
    house = house_of(connection)
    branch = house.branches[staff.branch_id]
    name_of = await staff_names(house, branch)

    def offer_to(ticket: Ticket, now: datetime) -> str | None:
        return second_offer(house, branch, ticket, now)

    def present(hall: Hall, now: datetime) -> Floor:
        return view_of(hall, name_of, now, offer_to)

    return LiveScreen(
        key=f"{branch.id}/floor/{language}",
        urgency=Urgency.FLOOR,
        branch=branch,
        present=present,
        paint=partial(paint, house.pages, branch.plan, language),
        still_allowed=still_signed_in(connection),
    )


def paint(pages: Pages, plan: Plan, language: str, view: Floor) -> Mapping[str, Markup]:
    context = {"view": view, "plan": plan, "say": speaker(language), **WORDS}
    return {
        region: pages.render(f"floor/_{region}.html", language, **context) for region in REGIONS
    }
