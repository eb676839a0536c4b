"""How large a call is drawn so that it can be read from the seats of this very hall."""

import math

from lobby.screens.display_settings import TALLEST, USUAL_LENGTH_MM, DisplaySettings, Hanging

TURNS = {Hanging.TURNED_RIGHT: "90deg", Hanging.TURNED_LEFT: "-90deg"}


def smallest_call(settings: DisplaySettings) -> str:
    """The font size of a call: a share of the picture, which holds for every resolution, or in
    pixels where somebody knows how large those are."""
    if settings.width_mm:
        return _share(settings.font_mm / settings.width_mm, "vh" if settings.is_turned else "vw")
    if settings.mm_per_px:
        return f"{math.ceil(settings.font_mm / settings.mm_per_px)}px"
    return _share(settings.font_mm / USUAL_LENGTH_MM, "vmax")


def _share(share: float, unit: str) -> str:
    """Rounded up: a letter too small cannot be read, one too large can."""
    return f"{math.ceil(share * 10_000) / 100:g}{unit}"


def scale_css(settings: DisplaySettings) -> str:
    turn = f" --turn: {TURNS[settings.hanging]};" if settings.is_turned else ""
    return (
        f".display {{ --smallest-call: {smallest_call(settings)};"
        f" --tallest: {TALLEST * 100:g}vmin;{turn} }}\n"
    )
