"""How large a call is drawn so that it can be read from the seats of this very hall."""

import math

from lobby.web.wall_settings import TALLEST, Hanging, WallSettings

TURNS = {Hanging.TURNED_RIGHT: "90deg", Hanging.TURNED_LEFT: "-90deg"}


def smallest_call(settings: WallSettings) -> str:
    """The font size of a call, in pixels or, where the width of the picture was measured, as a
    share of it: that holds for every resolution."""
    if not settings.width_mm:
        return f"{math.ceil(settings.font_mm / settings.mm_per_px)}px"
    across = "vh" if settings.is_turned else "vw"
    return f"{math.ceil(settings.font_mm / settings.width_mm * 10_000) / 100}{across}"


def scale_css(settings: WallSettings) -> str:
    turn = f" --turn: {TURNS[settings.hanging]};" if settings.is_turned else ""
    return (
        f".display {{ --smallest-call: {smallest_call(settings)};"
        f" --tallest: {TALLEST * 100:g}vmin;{turn} }}\n"
    )
