"""What is counted of live sockets since the start, for whoever watches over the machine."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """`sockets_open` are those open now, by urgency."""

    sockets_open: Counter[int] = field(default_factory=Counter)
    frames_sent: int = 0
    slow_sockets_cut: int = 0
    paints: int = 0
    paint_s: float = 0.0
    paint_failures: int = 0
