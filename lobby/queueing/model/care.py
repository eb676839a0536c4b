"""Care for who needs it: the small steps that staff tick off for one customer."""

from datetime import datetime
from enum import StrEnum

from lobby.queueing.model.value import Value


class CareStep(StrEnum):
    """In the order of a visit."""

    GREETED = "greeted"
    GLASSES = "glasses"
    WATER = "water"
    FORM_HELP = "form_help"
    FAREWELL = "farewell"


class CareMark(Value, frozen=True):
    step: CareStep
    at: datetime
    staff: str
