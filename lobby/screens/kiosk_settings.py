"""The settings of a kiosk: its printer and the size of its screen, as kept with the device.

A bank card is the measure for the screen: everybody has one, and all are of one size (ISO/IEC 7810,
ID-1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lobby.printing.paper import Paper
from lobby.printing.printers import USUAL_PORT

MM_PER_PX = (0.05, 1.0)
"""Of a pixel of style sheets: a dense phone to a coarse wall."""

CARD_WIDTH_MM, CARD_HEIGHT_MM = 85.6, 53.98


class PrinterKind(StrEnum):
    """NETWORK is kept under the name of the language it is spoken to in."""

    NONE = "none"
    BROWSER = "browser"
    NETWORK = "escpos"


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """`mm_per_px` is 0 where nobody has measured."""

    printer: PrinterKind = PrinterKind.NONE
    host: str = ""
    port: int = USUAL_PORT
    paper: Paper = Paper.WIDE
    asks_status: bool = True
    prints_unasked: bool = True
    mm_per_px: float = 0.0


def kiosk_settings(kept: Mapping[str, Any]) -> KioskSettings:
    """Never raises: what nobody can have meant counts as not set."""
    return KioskSettings(
        printer=_printer(kept.get("printer")),
        host=str(kept.get("printer_host") or ""),
        port=_port(kept.get("printer_port")),
        paper=_paper(kept.get("printer_paper")),
        asks_status=kept.get("printer_asks_status") is not False,
        prints_unasked=kept.get("prints_unasked") is not False,
        mm_per_px=_mm_per_px(kept.get("mm_per_px")),
    )


def mm_per_px_of(card_width_px: float) -> float | None:
    """From the width of a card that lies on the screen; None for what no screen can have."""
    if not card_width_px > 0:
        return None
    return _mm_per_px(round(CARD_WIDTH_MM / card_width_px, 4)) or None


def _printer(kept: Any) -> PrinterKind:
    return next((kind for kind in PrinterKind if kind == kept), PrinterKind.NONE)


def _port(kept: Any) -> int:
    return kept if type(kept) is int and 0 < kept < 65536 else USUAL_PORT


def _paper(kept: Any) -> Paper:
    return next((paper for paper in Paper if paper.value == kept), Paper.WIDE)


def _mm_per_px(kept: Any) -> float:
    """What is kept may be a number or one that was typed."""
    try:
        measured = float(kept)
    except (TypeError, ValueError):
        return 0.0
    return measured if MM_PER_PX[0] <= measured <= MM_PER_PX[1] else 0.0
