"""What only a colleague may answer at a kiosk, and how little of it is kept."""

from lobby.triage.answers import EXACT, QuestionCode, answers_to
from lobby.triage.catalogue import Service
from lobby.triage.profile import Profile
from lobby.triage.request import AmountBand


def is_of_staff(code: str, given: str) -> bool:
    """What only a colleague says: who the customer is, and an exact amount."""
    return code == QuestionCode.CUSTOMER or given.startswith(EXACT)


def without_amount(service: Service, profile: Profile, code: str, given: str) -> str:
    """The code of the band in place of an exact amount: of no customer more is kept."""
    if code != QuestionCode.AMOUNT or not given.startswith(EXACT):
        return given
    amount = int(given.removeprefix(EXACT))
    bands = (answer for answer in answers_to(QuestionCode.AMOUNT, service, profile))
    ends = (answer for answer in bands if "band" in answer.changes)
    return next(a.code for a in ends if _covers(a.changes["band"], amount))


def _covers(band: AmountBand, amount: int) -> bool:
    return band.above < amount and (band.up_to is None or amount <= band.up_to)
