"""The form of a lost item, read with care: what is missing gets a sentence, not a guess."""

from datetime import UTC, datetime, timedelta

from starlette.exceptions import HTTPException

from lobby import typed_text
from lobby.floor.core.places import places_of
from lobby.floor.lost_items.words import KINDS
from lobby.floor.tablet.act import TabletAct
from lobby.i18n.texts import mark
from lobby.queueing.model.plan import Plan
from lobby.store.lost_items import Direction, NewItem

DETAILS_LENGTH_MAX = 200
KEEPER_LENGTH_MAX = 60
CONTACT_LENGTH_MAX = 60
OLDEST = timedelta(days=366)
"""What was lost longer ago is a slip of the finger in the year."""

CLOCK_TOLERANCE = timedelta(minutes=2)
"""The clock of a tablet may be a little fast."""

NO_KEEPER = mark("Please enter who keeps it, or where.")
NOT_AGREED = mark(
    "Contact details are kept only with the owner's consent. Please ask, and tick the box."
)
TOO_LONG_AGO = mark("This is more than a year ago. Please check the date.")
NOT_YET = mark("This time is in the future. Please check it.")


def new_item(act: TabletAct, now: datetime) -> NewItem:
    """Raises `HTTPException` with a sentence for whatever is missing."""
    kind, place = act.text("kind"), act.text("place")
    if kind not in KINDS or place not in places_of(act.tablet.plan):
        raise HTTPException(400)
    direction = act.choice(Direction, "direction")
    keeper = act.line("keeper", KEEPER_LENGTH_MAX)
    if direction is Direction.FOUND and not keeper:
        raise HTTPException(400, NO_KEEPER)
    return NewItem(
        direction=direction,
        kind=kind,
        details=act.line("details", DETAILS_LENGTH_MAX),
        place=place,
        found_at=_found_at(act.tablet.plan, act.text("at"), now),
        ticket=act.ticket_number(),
        keeper=keeper,
        contact=contact(act),
    )


def contact(act: TabletAct) -> str:
    """Empty where none is given; refused without the owner's consent, which is never assumed."""
    given = act.line("contact", CONTACT_LENGTH_MAX)
    if given and act.text("agreed") != "yes":
        raise HTTPException(400, NOT_AGREED)
    return given


def _found_at(plan: Plan, text: str, now: datetime) -> datetime:
    """As the branch's own clock says it; now where nothing is given."""
    if not text:
        return now
    try:
        local = datetime.fromisoformat(typed_text.name(text)).replace(tzinfo=plan.time_zone)
        at = local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise HTTPException(400) from None
    if at < now - OLDEST:
        raise HTTPException(400, TOO_LONG_AGO)
    if at > now + CLOCK_TOLERANCE:
        raise HTTPException(400, NOT_YET)
    return at
