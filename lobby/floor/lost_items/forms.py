"""What somebody writes down about a thing that was left behind, read with care."""

from datetime import UTC, datetime, timedelta

from starlette.exceptions import HTTPException

from lobby.floor.core.person_words import places_of
from lobby.floor.lost_items.words import KINDS
from lobby.floor.tablet.answers import parse_number
from lobby.floor.tablet.request import TabletRequest
from lobby.i18n.texts import mark
from lobby.store.lost_items import Direction, NewItem
from lobby.web.commands import FormFields

DETAILS_LENGTH_MAX = 200
KEEPER_LENGTH_MAX = 60
CONTACT_LENGTH_MAX = 60
A_MOMENT = timedelta(minutes=2)
"""The clock of a tablet may be a little fast."""

NO_KEEPER = mark("Please write down who keeps it, or where.")
NOT_AGREED = mark("A contact is kept only if its owner agrees. Please ask, and tick the box.")
NOT_YET = mark("This time has not come yet. Please look at it again.")
UNKNOWN_TICKET = mark("There is no such ticket today. Nothing was changed.")


def new_item(tablet: TabletRequest, form: FormFields, now: datetime) -> NewItem:
    """Raises `HTTPException` with a sentence for whatever is missing."""
    direction, kind, place = _choices(tablet, form)
    keeper = line(form, "keeper", KEEPER_LENGTH_MAX)
    if direction is Direction.FOUND and not keeper:
        raise HTTPException(400, NO_KEEPER)
    return NewItem(
        direction=direction,
        kind=kind,
        details=line(form, "details", DETAILS_LENGTH_MAX),
        place=place,
        found_at=_time(tablet, form.get("at", ""), now),
        ticket=_ticket(tablet, form.get("number", "")),
        keeper=keeper,
        contact=contact(form),
    )


def contact(form: FormFields) -> str:
    """Empty where none is given; refused without the owner's consent, which is never assumed."""
    given = line(form, "contact", CONTACT_LENGTH_MAX)
    if given and form.get("agreed") != "yes":
        raise HTTPException(400, NOT_AGREED)
    return given


def line(form: FormFields, name: str, length_max: int) -> str:
    text = " ".join(form.get(name, "").split())
    if len(text) > length_max:
        raise HTTPException(400)
    return text


def _choices(tablet: TabletRequest, form: FormFields) -> tuple[Direction, str, str]:
    kind, place = form.get("kind", ""), form.get("place", "")
    if kind not in KINDS or place not in places_of(tablet.branch.plan):
        raise HTTPException(400)
    try:
        return Direction(form.get("direction", "")), kind, place
    except ValueError:
        raise HTTPException(400) from None


def _time(tablet: TabletRequest, text: str, now: datetime) -> datetime:
    """As the branch's own clock says it; now where nothing is given."""
    if not text:
        return now
    try:
        local = datetime.fromisoformat(text).replace(tzinfo=tablet.branch.plan.time_zone)
    except ValueError:
        raise HTTPException(400) from None
    at = local.astimezone(UTC)
    if at > now + A_MOMENT:
        raise HTTPException(400, NOT_YET)
    return at


def _ticket(tablet: TabletRequest, text: str) -> str | None:
    number = parse_number(tablet.branch.hall, text)
    if text.strip() and number is None:
        raise HTTPException(404, UNKNOWN_TICKET)
    return number
