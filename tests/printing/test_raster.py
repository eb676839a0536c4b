"""Slips as pictures: what a customer can read, what a phone can read, and what never happens."""

from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lobby.printing.layout import MARGIN
from lobby.printing.paper import DOTS_PER_MM, Paper
from lobby.printing.raster import render
from lobby.printing.slip import Slip
from tests.printing.slips import ADDRESS, SLIPS, TICKETS, named, on_the_roll

WIDE, NARROW = Paper.WIDE, Paper.NARROW
A_LONG_WORD = "Liên_hiệp_các_tổ_chức_" * 40
A_LONG_TEXT = "请您备好身份证、银行卡或存折。" * 200


def rows_of_ink(image: Image.Image) -> list[bool]:
    pixels = image.convert("L").tobytes()
    width = image.width
    return [b"\x00" in pixels[top : top + width] for top in range(0, len(pixels), width)]


def inked_bands(image: Image.Image) -> list[int]:
    """Heights of what stands between two white rows, from the top."""
    heights, height = [], 0
    for inked in [*rows_of_ink(image), False]:
        if inked:
            height += 1
        elif height:
            heights.append(height)
            height = 0
    return heights


def stays_on(image: Image.Image, paper: Paper) -> bool:
    """Whether both sides stay white; a curve or an accent may lean a little into the margin."""
    side = MARGIN // 2
    left = image.crop((0, 0, side, image.height))
    right = image.crop((paper.dots - side, 0, paper.dots, image.height))
    return image.width == paper.dots and not any(rows_of_ink(left) + rows_of_ink(right))


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("slip", SLIPS, ids=named)
def test_it_carries_a_code_that_leads_to_the_ticket(slip: Slip, paper: Paper) -> None:
    codes = zxingcpp.read_barcodes(on_the_roll(render(slip, paper), paper))
    assert [code.text for code in codes] == [ADDRESS]


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("slip", SLIPS, ids=named)
def test_it_prints_the_number_twelve_millimetres_high(slip: Slip, paper: Paper) -> None:
    _branch, number, *_ = inked_bands(render(replace(slip, branch="RIVERSIDE"), paper))
    assert number >= 12 * DOTS_PER_MM


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("slip", SLIPS, ids=named)
def test_it_stays_inside_the_margins(slip: Slip, paper: Paper) -> None:
    assert stays_on(render(slip, paper), paper)


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("text", [A_LONG_WORD, A_LONG_TEXT], ids=["one word", "many sentences"])
def test_it_wraps_and_ends_whatever_is_written(text: str, paper: Paper) -> None:
    slip = replace(SLIPS[0], branch=text, service=text, wait=text, documents=(text,) * 20, fee=text)
    long = replace(slip, fairness=text, complaint_phone=text)
    image = render(long, paper)
    assert stays_on(image, paper)
    assert image.height < 700 * DOTS_PER_MM


@pytest.mark.parametrize("paper", Paper)
def test_it_makes_a_number_smaller_where_it_would_not_fit(paper: Paper) -> None:
    image = render(replace(SLIPS[0], number="A1000000"), paper)
    assert stays_on(image, paper)


@settings(max_examples=40)
@given(text=st.text(max_size=120), paper=st.sampled_from(Paper))
def test_it_draws_anything_anybody_types(text: str, paper: Paper) -> None:
    slip = replace(TICKETS["en"], service=text, documents=(text,), fee=text, wait=text)
    assert stays_on(render(slip, paper), paper)


def test_it_prints_no_more_than_it_was_given() -> None:
    bare = replace(
        TICKETS["en"], wait=None, documents=(), fee=None, fairness=None, complaint_phone=None
    )
    assert render(bare, WIDE).height < render(TICKETS["en"], WIDE).height


@pytest.mark.parametrize("address", ["https://a.example/t/x", "https://a.example/" + "long/" * 100])
def test_it_fits_any_address_on_the_paper(address: str) -> None:
    for paper in Paper:
        image = render(replace(TICKETS["en"], address=address), paper)
        assert stays_on(image, paper)
        codes = zxingcpp.read_barcodes(on_the_roll(image, paper))
        assert [code.text for code in codes] == [address]
