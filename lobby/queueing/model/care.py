"""Care for who needs it: the small steps that staff tick off for one customer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CareStep(StrEnum):
    """In the order of a visit."""

    GREETED = "greeted"
    GLASSES = "glasses"
    WATER = "water"
    FORM_HELP = "form_help"
    FAREWELL = "farewell"


@dataclass(frozen=True, slots=True)
class CareMark:
    step: CareStep
    at: datetime
    staff: str
