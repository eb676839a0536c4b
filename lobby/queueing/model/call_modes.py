"""How a ticket is called: aloud, on the display, by a flash, on a pager, or fetched in person."""

from enum import StrEnum


class CallMode(StrEnum):
    VOICE = "voice"
    DISPLAY = "display"
    FLASH = "flash"
    PAGER = "pager"
    FETCH = "fetch"


USUAL_MODES = (CallMode.VOICE, CallMode.DISPLAY)
"""How everybody is called who asked for nothing else."""

HELPED_MODES = (*USUAL_MODES, CallMode.FETCH)
"""How somebody is called who would like help: as everybody, and a colleague goes to their seat."""
