"""What a self-service machine is and whether it works: the words that queue and advice share."""

from enum import StrEnum


class MachineKind(StrEnum):
    ATM = "atm"
    CRS = "crs"
    STM = "stm"
    PASSBOOK_PRINTER = "passbook_printer"


class MachineState(StrEnum):
    """Without notes a machine still does all but pay out."""

    UP = "up"
    DOWN = "down"
    OUT_OF_NOTES = "out_of_notes"
