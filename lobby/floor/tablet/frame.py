"""The live part of a tablet page: the page's own regions, and on every page the alert."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from markupsafe import Markup

from lobby.floor.alerts.cards import cards_of
from lobby.floor.core.places import place_words
from lobby.floor.core.viewer import Viewer
from lobby.floor.core.words import CARD_WORDS
from lobby.live.channels import Urgency
from lobby.queueing.model.hall import Hall
from lobby.screens.words import speaker
from lobby.web.live_screen import LiveScreen

ALERT = "alert"
"""The one region that every page has: who needs somebody first."""


@dataclass(frozen=True, slots=True)
class LivePart:
    """What one page adds to the alert. `present` gives a frozen view; each of `regions`, by its id
    in the page, is drawn from its template with that view as `view`, and whatever `words` holds.
    `name` tells pages apart that show different things, such as the number of a ticket."""

    name: str
    socket: str
    regions: Mapping[str, str]
    present: Callable[[Hall, datetime], Any]
    words: Mapping[str, Any] = field(default_factory=dict)


def _nothing(_hall: Hall, _now: datetime) -> None:
    """A page that shows nothing of the hall but the alert."""


ALERT_ONLY = LivePart("alert", "/floor/alert/live", {}, _nothing)


def live_screen(viewer: Viewer, part: LivePart, still_allowed: Callable[[], bool]) -> LiveScreen:
    """Each person has a room of their own: few walk the hall, and each sees what is theirs."""

    def present(hall: Hall, now: datetime) -> Mapping[str, Any]:
        own = part.present(hall, now)
        return {ALERT: cards_of(viewer, hall, now), **dict.fromkeys(part.regions, own)}

    return LiveScreen(
        key=f"{viewer.branch.id}/floor/{part.name}/{viewer.language}/{viewer.me}",
        urgency=Urgency.FLOOR,
        branch=viewer.branch,
        present=present,
        paint=partial(_paint, viewer, part),
        still_allowed=still_allowed,
    )


def _paint(viewer: Viewer, part: LivePart, region: str, view: Any) -> Markup:
    is_alert = region == ALERT
    words = CARD_WORDS if is_alert else part.words
    template = "floor/alerts/_alert.html" if is_alert else part.regions[region]
    return viewer.services.pages.render(
        template,
        viewer.language,
        view=view,
        plan=viewer.branch.plan,
        say=speaker(viewer.language),
        place=partial(place_words, viewer.branch.plan, language=viewer.language),
        **words,
    )
