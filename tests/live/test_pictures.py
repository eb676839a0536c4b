"""Only what has changed is drawn and sent, and every screen ends with the whole truth."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobby.live.pictures import Observed, Parts, Picture

REGIONS = ("calls", "waiting", "clock")


@dataclass(frozen=True, slots=True)
class View:
    calls: tuple[int, ...] = ()
    waiting: int = 0
    minute: int = 0
    unseen: int = 0

    @property
    def is_quiet(self) -> bool:
        return not self.waiting


def paint(region: str, view: Any) -> str:
    """`waiting` reads more in one state than in another, as templates do."""
    match region:
        case "calls":
            return " ".join(f"<b>{call}</b>" for call in view.calls)
        case "waiting":
            return "" if view.is_quiet else f"{view.waiting} at {view.minute}"
        case _:
            return f"{view.minute}"


def views_of(view: View) -> Mapping[str, View]:
    return dict.fromkeys(REGIONS, view)


def whole(view: View) -> dict[str, str]:
    return {region: paint(region, view) for region in REGIONS}


class Page:
    """Does with frames what a page does."""

    def __init__(self) -> None:
        self.picture = 0
        self.regions: dict[str, str] = {}

    def hear(self, text: bytes) -> bool:
        """False where something has been missed, so that the page has to come in again."""
        frame = msgspec.json.decode(text)
        if frame["picture"] <= self.picture:
            return True
        if frame["since"] > self.picture:
            return False
        self.picture = frame["picture"]
        self.regions |= frame["regions"]
        return True


def test_it_draws_only_regions_of_which_something_changed_that_they_were_drawn_from() -> None:
    drawn: list[str] = []

    def noting(region: str, view: Any) -> str:
        drawn.append(region)
        return paint(region, view)

    picture, view = Picture(), View(calls=(1,), minute=7)
    picture.draw(1, views_of(view), noting)
    assert drawn == ["calls", "waiting", "clock"]
    drawn.clear()
    assert not picture.draw(2, views_of(replace(view, unseen=1)), noting)
    assert drawn == []
    assert picture.draw(3, views_of(replace(view, unseen=1, minute=8)), noting)
    assert drawn == ["clock"], "nobody waits, so no minute stands there"
    assert picture.draw(4, views_of(replace(view, minute=8, waiting=2)), noting)
    assert drawn == ["clock", "waiting"]


def test_it_sends_only_what_has_become_another() -> None:
    picture, view = Picture(), View(calls=(1,))
    picture.draw(1, views_of(view), paint)
    picture.draw(2, views_of(replace(view, minute=1)), paint)
    assert picture.since(1).regions.keys() == {"clock"}
    assert picture.since(0).regions.keys() == set(REGIONS)
    assert (picture.number, picture.version) == (2, 2)


def test_it_counts_no_picture_that_looks_the_same_as_before() -> None:
    picture = Picture()
    picture.draw(1, {"calls": View(calls=(1,))}, lambda _region, view: str(len(view.calls)))
    assert not picture.draw(2, {"calls": View(calls=(2,))}, lambda _, view: str(len(view.calls)))
    assert (picture.number, picture.version) == (1, 1)


def test_it_draws_again_what_is_another_kind_of_view() -> None:
    @dataclass(frozen=True, slots=True)
    class Closed:
        minute: int

    picture = Picture()
    picture.draw(1, {"clock": View(minute=1)}, lambda _region, view: f"open {view.minute}")
    assert picture.draw(2, {"clock": Closed(1)}, lambda _region, view: f"closed {view.minute}")


def test_it_compares_a_view_as_a_whole_that_is_no_dataclass() -> None:
    picture = Picture()
    picture.draw(1, {"clock": (1, 2)}, lambda _region, view: str(view))
    assert not picture.draw(2, {"clock": (1, 2)}, lambda _region, _view: "not asked for")
    assert picture.draw(3, {"clock": None}, lambda _region, view: str(view))


def test_it_stays_as_it_was_where_a_region_cannot_be_drawn() -> None:
    def broken(region: str, view: Any) -> str:
        if region == "clock":
            raise ZeroDivisionError
        return paint(region, view)

    picture = Picture()
    picture.draw(1, views_of(View()), paint)
    before = picture.since(0)
    with pytest.raises(ZeroDivisionError):
        picture.draw(2, views_of(View(calls=(1,), minute=1)), broken)
    assert picture.since(0) == before


def test_a_stand_in_says_that_it_is_what_it_stands_for() -> None:
    observed: Any = Observed(View(), {})
    assert isinstance(observed, View)


VIEWS = st.builds(
    View,
    calls=st.lists(st.integers(0, 3), max_size=2).map(tuple),
    waiting=st.integers(0, 2),
    minute=st.integers(0, 2),
    unseen=st.integers(0, 1),
)
FATES = st.sampled_from(["arrives", "merged", "lost", "doubled", "late"])


@given(st.lists(st.tuples(VIEWS, FATES), min_size=1, max_size=30))
def test_every_page_ends_with_the_truth_whatever_becomes_of_the_frames(
    story: list[tuple[View, str]],
) -> None:
    """`merged`: the socket did not keep up, and gets the next frame for both. A frame that is lost
    is noticed by the next one, and the page comes in again."""
    picture, page, told, late = Picture(), Page(), 0, b""
    for version, (view, fate) in enumerate(story, 1):
        picture.draw(version, views_of(view), paint)
        if picture.number == told or fate == "merged":
            continue
        text = picture.since(told).encode()
        told = picture.number
        if fate == "lost":
            continue
        heard = page.hear(text) and (fate != "doubled" or page.hear(text))
        if fate == "late" and late:
            page.hear(late)
        late = text
        if not heard:
            page = Page()
            page.hear(picture.since(0).encode())
    page.hear(picture.since(told).encode())
    if page.picture != picture.number:  # the next hello says so, and the page comes in again
        page = Page()
        page.hear(picture.since(0).encode())
    assert page.regions == whole(story[-1][0])


def test_a_part_of_a_region_stays_while_the_rest_of_it_changes() -> None:
    """And the region changes again when only what the part was drawn from does."""
    parts, drawn = Parts(), []

    def form(view: Any) -> str:
        drawn.append(view.minute)
        return f"<form>{view.minute}</form>"

    def region(_region: str, view: Any) -> str:
        return f"{view.waiting} {parts.draw('form', view, form)}"

    picture, view = Picture(), View(waiting=1, minute=7)
    picture.draw(1, {"acts": view}, region)
    assert picture.draw(2, {"acts": replace(view, waiting=2)}, region)
    assert drawn == [7]
    assert picture.draw(3, {"acts": replace(view, waiting=2, minute=8)}, region)
    assert drawn == [7, 8]
    assert picture.since(2).regions["acts"] == msgspec.Raw(b'"2 <form>8</form>"')
    assert not picture.draw(4, {"acts": replace(view, waiting=2, minute=8, unseen=1)}, region)
