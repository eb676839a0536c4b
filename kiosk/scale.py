"""How many CSS pixels a millimetre is on this kiosk, as a style sheet: sizes are for hands."""

from typing import Any

from lobby.screens.kiosk_settings import kiosk_settings

USUAL = """:root { --mm: 5.9px; }
@media (hover: hover) and (pointer: fine) { :root { --mm: 4.4px; } }
@media (orientation: portrait) and (min-width: 1000px) { :root { --mm: 4.04px; } }
"""
"""Where nobody has measured the screen: a 10-inch tablet, a laptop with a mouse that stands in for
a kiosk, or a 21.5-inch kiosk that stands up."""


def scale_css(mm_per_px: Any) -> str:
    """`mm_per_px` is the device's setting, as somebody has typed it or not."""
    measured = kiosk_settings({"mm_per_px": mm_per_px}).mm_per_px
    return f":root {{ --mm: {1 / measured:.4f}px; }}\n" if measured else USUAL
