"""The answer to a recommendation of a counter more or fewer: accepted or dismissed."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.routing import Form, form_routes
from lobby.store.staffing import AdviceOutcome

PAGES = ("/floor", "/reports")
"""Where the recommendation is shown, and where its answer leads back to."""


async def answer_recommendation(act: TabletAct) -> Response:
    """Accepting tells nobody what to do: it says that somebody sees to it."""
    tablet, outcome, page = act.tablet, act.text("outcome"), act.text("back")
    if outcome not in set(AdviceOutcome):
        raise HTTPException(400)
    answer = AdviceOutcome(outcome)
    await tablet.services.staffing.answer(tablet.branch, act.text("advice"), answer, act.me)
    return act.answer(page if page in PAGES else PAGES[0])


FORMS: dict[str, Form] = {"/staffing/answers": answer_recommendation}

routes: list[BaseRoute] = [*form_routes(FORMS)]
