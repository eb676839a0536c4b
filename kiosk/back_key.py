"""The key for whoever comes back to a place that was kept: on the first screen, while anybody is
away."""

from dataclasses import dataclass

from kiosk.context import KioskContext
from lobby.i18n.texts import mark
from lobby.queueing.model import overview
from lobby.queueing.model.hall import Hall

PAGE = "/kiosk/rests"

BACK = mark("I am back")
THEN_BACK = mark("When you are back, please touch “I am back” here or on your phone.")


@dataclass(frozen=True, slots=True)
class BackKey:
    """`href` is empty while nobody is away."""

    href: str


NO_BACK_KEY = BackKey("")


def back_key(kiosk: KioskContext, hall: Hall) -> BackKey:
    return BackKey(kiosk.session.cleared.to(PAGE) if overview.resting(hall) else "")
