"""What goes to a printer byte by byte, and what its answers mean."""

import pytest
from PIL import Image

from lobby.printing import escpos
from lobby.printing.escpos import Status, is_done, is_status, read_status


def test_it_burns_what_is_black() -> None:
    image = Image.new("1", (16, 2), 1)
    image.putpixel((0, 0), 0)
    image.putpixel((15, 1), 0)
    reset, silence = b"\x1b@", b"\x1da\x00"
    picture = b"\x1dv0\x00" + b"\x02\x00" + b"\x02\x00" + b"\x80\x00\x00\x01"
    assert escpos.job(image) == reset + silence + picture + b"\x1dVB\x00"


def test_it_sends_a_long_picture_in_bands() -> None:
    job = escpos.job(Image.new("1", (576, 300), 1))
    band = b"\x1dv0\x00\x48\x00"
    assert job.count(band) == 3
    assert job.count(band + b"\x80\x00") == 2
    assert job.count(band + b"\x2c\x00") == 1


def test_it_hides_from_the_printer_what_looks_like_a_command() -> None:
    row = bytes((0x10, 0x04, 0x01, 0x10, 0x14, 0x08, 0x10, 0x10))
    image = Image.frombytes("1", (64, 1), bytes(255 - byte for byte in row))
    assert bytes((0x18, 0x04, 0x01, 0x18, 0x14, 0x08, 0x10, 0x10)) in escpos.job(image)


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (b"\x12\x12\x12", Status()),
        (b"\x1a\x32\x72", Status(offline=True, paper_out=True)),
        (b"\x12\x12\x1e", Status(paper_low=True)),
        (b"\x1a\x16\x12", Status(offline=True, cover_open=True)),
        (b"\x1a\x52\x12", Status(offline=True, error=True)),
    ],
)
def test_it_reads_how_the_printer_is(answers: bytes, status: Status) -> None:
    assert all(map(is_status, answers))
    assert not any(map(is_done, answers))
    assert read_status(answers) == status


@pytest.mark.parametrize("answer", [0x00, 0x03, 0x0C, 0x0F])
def test_it_tells_the_answer_at_the_end_from_a_status(answer: int) -> None:
    assert is_done(answer)
    assert not is_status(answer)
