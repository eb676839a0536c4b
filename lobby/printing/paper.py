"""The rolls of paper that thermal printers take, measured in their dots."""

from enum import Enum

DOTS_PER_MM = 8
"""Of a head with 203 dots per inch, rounded up by a thousandth."""

CAP_HEIGHT = 0.733
"""Height of a capital letter or a figure of our typeface, in parts of its size."""


class Paper(Enum):
    """By the width of the roll in millimetres."""

    WIDE = 80
    NARROW = 58

    @property
    def dots(self) -> int:
        """What the head can reach: 72 mm and 48 mm."""
        return 576 if self is Paper.WIDE else 384

    @property
    def edge(self) -> int:
        """White beside the head's reach, in dots: it belongs to the QR code's quiet zone."""
        return (self.value * DOTS_PER_MM - self.dots) // 2
