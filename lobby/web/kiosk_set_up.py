"""For how long a kiosk shows its set-up page: staff ask for it, customers stand there otherwise."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

SHOWN_FOR = timedelta(minutes=10)
"""Time to walk over from the tablet and lay a card on the screen."""

UNTIL = "set_up_until"


def with_set_up_open(kept: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The settings of a kiosk that shows the page from now on."""
    return {**kept, UNTIL: (now + SHOWN_FOR).isoformat()}


def with_set_up_closed(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in kept.items() if name != UNTIL}


def is_set_up_open(kept: Mapping[str, Any], now: datetime) -> bool:
    """Whether somebody of the staff has asked for the page in the last minutes."""
    try:
        return now < datetime.fromisoformat(kept[UNTIL])
    except (KeyError, TypeError, ValueError):
        return False
