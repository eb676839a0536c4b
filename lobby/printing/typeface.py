"""One typeface in two weights for all three languages, so that a slip speaks with one voice."""

from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
FILES = {
    False: FONTS / "noto-sans-cjk-sc-subset-regular.otf",
    True: FONTS / "noto-sans-cjk-sc-subset-bold.otf",
}
"""By whether it is bold."""

WIDTHS_MAX = 16_384


@cache
def typeface(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """Basic layout is the same on every machine, and widths of characters add up."""
    return ImageFont.truetype(FILES[bold], size, layout_engine=ImageFont.Layout.BASIC)


def width_of(text: str, size: int, bold: bool) -> float:
    """In dots."""
    return sum(_advance(character, size, bold) for character in text)


def white_before(character: str, size: int, bold: bool) -> float:
    """What a character leaves free at its left, so that a large one can stand flush."""
    mask, (left, _top) = typeface(size, bold).getmask2(character, mode="1", anchor="ls")
    ink = mask.getbbox()
    return left + ink[0] if ink else 0


@lru_cache(maxsize=WIDTHS_MAX)
def _advance(character: str, size: int, bold: bool) -> float:
    return typeface(size, bold).getlength(character)
