"""What a channel shows, region by region.

A region is drawn again only when something has changed that it was drawn from: while it is drawn,
what is read of its view is noted, and as long as all of that is the same, so is the region.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from typing import Any

import msgspec

from lobby.live.frames import Regions

Paint = Callable[[str, Any], str]
"""From a region's id and its view to its inner HTML."""


class Observed:
    """Stands in for a view while a region is drawn from it, and notes what is read of it."""

    __slots__ = ("_reads", "_view")

    def __init__(self, view: Any, reads: dict[str, Any]) -> None:
        self._view = view
        self._reads = reads

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        """It may be asked what it is, as the view itself may."""
        return type(self._view)

    def __getattr__(self, name: str) -> Any:
        value = self._reads[name] = getattr(self._view, name)
        return value


@dataclass(frozen=True, slots=True)
class DrawnRegion:
    """`html` as JSON, and the number of the `picture` with which it became so. `source` is the type
    of a view of which `reads` were read; a view that is no dataclass is kept as it is."""

    html: bytes
    picture: int
    source: Any
    reads: Mapping[str, Any]

    def is_true_of(self, view: Any) -> bool:
        if not is_dataclass(view):
            return bool(self.source == view)
        return self.source is type(view) and all(
            getattr(view, name) == value for name, value in self.reads.items()
        )


class Picture:
    """The newest of each region. `number` counts the pictures, `version` is of the branch."""

    def __init__(self) -> None:
        self.number = 0
        self.version = 0
        self._regions: dict[str, DrawnRegion] = {}

    def draw(self, version: int, views: Mapping[str, Any], paint: Paint) -> bool:
        """Whether it became another one. Nothing has changed where `paint` raises."""
        drawn = {
            region: self._drawn(region, view, paint)
            for region, view in views.items()
            if region not in self._regions or not self._regions[region].is_true_of(view)
        }
        self._regions |= drawn
        following = self.number + 1
        if self.number and not any(region.picture == following for region in drawn.values()):
            return False
        self.number, self.version = following, version
        return True

    def since(self, number: int) -> Regions:
        """What a page lacks that shows the picture `number`; 0 for one that shows nothing yet."""
        changed = {
            name: msgspec.Raw(region.html)
            for name, region in self._regions.items()
            if region.picture > number
        }
        return Regions(self.version, self.number, number, changed)

    def _drawn(self, name: str, view: Any, paint: Paint) -> DrawnRegion:
        reads: dict[str, Any] = {}
        is_observed = is_dataclass(view)
        text = paint(name, Observed(view, reads) if is_observed else view)
        html = msgspec.json.encode(str(text))
        before = self._regions.get(name)
        is_same = before is not None and before.html == html
        picture = before.picture if before is not None and is_same else self.number + 1
        return DrawnRegion(html, picture, type(view) if is_observed else view, reads)
