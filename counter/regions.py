"""The live regions of a teller's terminal: the customer, the acts, what lies beside, who waits."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from markupsafe import Markup
from starlette.requests import HTTPConnection

from counter.greetings import greeting
from counter.views import OpeningView, OutsideHall, TerminalView, terminal_view
from counter.words import WORDS, answer_label
from lobby.live.channels import Urgency
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.screens.advice import wait_now
from lobby.screens.call_reasons import reason_for_teller
from lobby.screens.staff_names import staff_names
from lobby.screens.words import speaker
from lobby.waits.words import short_wait
from lobby.web.live_screen import LiveScreen
from lobby.web.pages import Pages
from lobby.web.services import services_of
from lobby.web.staff import Staff, still_signed_in

REGIONS = ("customer", "acts", "beside", "waiting")

View = OpeningView | TerminalView


async def terminal_screen(connection: HTTPConnection, staff: Staff, language: str) -> LiveScreen:
    """One teller's own: two windows of the same teller show the same."""
    services = services_of(connection)
    branch = services.branches[staff.branch_id]
    teller = str(staff.id)
    name_of = await staff_names(services, branch)
    wait_for = partial(wait_now, services, branch)

    def present(hall: Hall, now: datetime) -> Mapping[str, View | None]:
        outside = OutsideHall(name_of, services.catalogues.get(branch.id), wait_for)
        return views(terminal_view(hall, teller, outside, now))

    return LiveScreen(
        key=f"{branch.id}/counter/{teller}/{language}",
        urgency=Urgency.COUNTER,
        branch=branch,
        present=present,
        paint=partial(paint, services.pages, branch.plan, language),
        still_allowed=still_signed_in(connection),
    )


def views(view: View) -> Mapping[str, View | None]:
    """Who sits at no counter sees only the choice of one."""
    if isinstance(view, OpeningView):
        return dict.fromkeys(REGIONS) | {"customer": view}
    return dict.fromkeys(REGIONS, view)


def paint(pages: Pages, plan: Plan, language: str, region: str, view: View | None) -> Markup:
    if view is None:
        return Markup()
    context = {
        "view": view,
        "plan": plan,
        "say": speaker(language),
        "words": WORDS,
        "answer_label": partial(answer_label, language=language),
        "call_reason": partial(reason_for_teller, language=language),
        "greeting": greeting,
        "short_wait": partial(short_wait, language=language),
    }
    name = "opening" if isinstance(view, OpeningView) else region
    return pages.render(f"counter/_{name}.html", language, **context)
