"""What a channel shows, region by region.

A region is drawn again only when something has changed that it was drawn from: while it is drawn,
what is read of its view is noted, and as long as all of that is the same, so is the region.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from functools import partial
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
class Drawn:
    """A text, and what it was drawn from: of a dataclass the fields that were read, of any other
    view the view itself."""

    text: str
    source: Any
    reads: Mapping[str, Any]

    @classmethod
    def from_view(cls, view: Any, draw: Callable[[Any], str]) -> "Drawn":
        if not is_dataclass(view.__class__):
            return cls(draw(view), view, {})
        reads: dict[str, Any] = {}
        return cls(draw(Observed(view, reads)), view.__class__, reads)

    def is_true_of(self, view: Any) -> bool:
        if not is_dataclass(view.__class__):
            return bool(self.source == view)
        return self.source is view.__class__ and all(
            getattr(view, name) == value for name, value in self.reads.items()
        )


class Parts:
    """Parts of a region that stay as they are while the rest of it changes, such as a form."""

    def __init__(self) -> None:
        self._drawn: dict[str, Drawn] = {}

    def draw(self, name: str, view: Any, draw: Callable[[Any], str]) -> str:
        """Where the region is being observed itself, all that the part was drawn from counts as
        read, also when the part is not drawn again."""
        known = self._drawn.get(name)
        if known is None or not known.is_true_of(view):
            known = self._drawn[name] = Drawn.from_view(view, draw)
        return known.text


@dataclass(frozen=True, slots=True)
class Region:
    """`html` as JSON, and the number of the `picture` with which it became so."""

    html: bytes
    picture: int
    drawn: Drawn


class Picture:
    """The newest of each region. `number` counts the pictures, `version` is of the branch, counted
    in its `epoch`."""

    def __init__(self, epoch: str = "") -> None:
        self.epoch = epoch
        self.number = 0
        self.version = 0
        self._regions: dict[str, Region] = {}

    def draw(self, version: int, views: Mapping[str, Any], paint: Paint) -> bool:
        """Whether it became another one. Nothing has changed where `paint` raises."""
        fresh = {
            name: self._region(name, view, paint)
            for name, view in views.items()
            if name not in self._regions or not self._regions[name].drawn.is_true_of(view)
        }
        self._regions |= fresh
        following = self.number + 1
        if self.number and not any(region.picture == following for region in fresh.values()):
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
        return Regions(self.epoch, self.version, self.number, number, changed)

    def _region(self, name: str, view: Any, paint: Paint) -> Region:
        drawn = Drawn.from_view(view, partial(paint, name))
        html = msgspec.json.encode(str(drawn.text))
        before = self._regions.get(name)
        is_same = before is not None and before.html == html
        picture = before.picture if before is not None and is_same else self.number + 1
        return Region(html, picture, drawn)
