"""The live regions of a teller's terminal: the customer, the acts, what lies beside, who waits."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from markupsafe import Markup
from starlette.requests import HTTPConnection

from counter.access import terminal_key
from counter.greetings import greeting
from counter.views import OpeningView, OutsideHall, TerminalView, terminal_view
from counter.words import WORDS, answer_label
from lobby.live.channels import Urgency
from lobby.live.pictures import Parts
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.screens.advice import range_now
from lobby.screens.call_reasons import reason_for_teller
from lobby.screens.service_change import AskedQuestions
from lobby.screens.staff_names import staff_names
from lobby.screens.words import speaker
from lobby.waits.words import short_range
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
    range_for, questions = partial(range_now, services, branch), AskedQuestions()

    def present(hall: Hall, now: datetime) -> Mapping[str, View | None]:
        outside = OutsideHall(name_of, services.catalogues.get(branch.id), range_for, questions)
        return views(terminal_view(hall, teller, outside, now))

    return LiveScreen(
        key=terminal_key(branch.id, teller) + language,
        urgency=Urgency.COUNTER,
        branch=branch,
        present=present,
        paint=Painter(services.pages, branch.plan, language).paint,
        still_allowed=still_signed_in(connection),
    )


def views(view: View) -> Mapping[str, View | None]:
    """Who sits at no counter sees only the choice of one."""
    if isinstance(view, OpeningView):
        return dict.fromkeys(REGIONS) | {"customer": view}
    return dict.fromkeys(REGIONS, view)


class Painter:
    """Draws one teller's regions. A form stays as it is while the line beside it moves on."""

    def __init__(self, pages: Pages, plan: Plan, language: str) -> None:
        self._pages = pages
        self._language = language
        self._parts = Parts()
        self._words = {
            "plan": plan,
            "say": speaker(language),
            "words": WORDS,
            "answer_label": partial(answer_label, language=language),
            "call_reason": partial(reason_for_teller, language=language),
            "greeting": greeting,
            "short_range": partial(short_range, language=language),
        }

    def paint(self, region: str, view: View | None) -> Markup:
        if view is None:
            return Markup()
        name = "opening" if isinstance(view, OpeningView) else region
        return self._draw(name, view, part=partial(self._part, view))

    def _part(self, view: View, name: str) -> Markup:
        text = self._parts.draw(name, view, partial(self._draw, name))
        return Markup(text)  # noqa: S704 - the pages have escaped it

    def _draw(self, name: str, view: View, **more: Any) -> Markup:
        template = f"counter/_{name}.html"
        return self._pages.render(template, self._language, view=view, **self._words, **more)
