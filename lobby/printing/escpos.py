"""The few ESC/POS commands a slip needs: a picture, a cut, and questions about the printer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

RESET = b"\x1b@"
NO_UNASKED_ANSWERS = b"\x1da\x00"
CUT = b"\x1dVB\x00"
"""Feeds to the cutter first and leaves a bridge, so that the slip does not fall."""

ASK_WHEN_DONE = b"\x1dr\x01"
"""Answered in turn, after everything that was sent before is on paper."""

ASK_STATUS = b"\x10\x04\x01\x10\x04\x02\x10\x04\x04"
"""Printer, cause of offline, paper: answered at once, one byte each, in this order."""

STATUS_ANSWERS = 3

INVERTED = bytes(255 - byte for byte in range(256))
"""Printers burn where a bit is set; pictures are white there."""

ROW_BYTES_MAX = 72
BAND_ROWS = 128
"""A picture goes in bands that fit the small memory of a printer."""

LOOKS_LIKE_A_COMMAND = re.compile(rb"\x10(?=[\x04\x05\x14])")
ONE_DOT_MORE = b"\x18"
"""A printer obeys these pairs even inside a picture, with answers nobody asked for or worse. One
more dot beside another is not seen."""

CLEAR_AWAY = bytes(BAND_ROWS * ROW_BYTES_MAX) + CUT
"""White that completes a picture whose sending broke off; else the printer would take the next
job for the rest of it."""

OFFLINE = 0b0000_1000
COVER_OPEN, STOPPED_BY_PAPER, ERROR = 0b0000_0100, 0b0010_0000, 0b0100_0000
PAPER_LOW, PAPER_OUT = 0b0000_1100, 0b0110_0000


@dataclass(frozen=True, slots=True)
class Status:
    offline: bool = False
    cover_open: bool = False
    paper_out: bool = False
    paper_low: bool = False
    error: bool = False


def job(image: Image.Image) -> bytes:
    """Everything that puts a picture of one bit per dot on paper and cuts it off."""
    return RESET + NO_UNASKED_ANSWERS + b"".join(_bands(image)) + CUT


def is_status(answer: int) -> bool:
    """Whether a byte answers a question about the status, by the bits that are fixed."""
    return answer & 0b1001_0011 == 0b0001_0010


def is_done(answer: int) -> bool:
    """Whether a byte answers ASK_WHEN_DONE."""
    return answer & 0b1001_0000 == 0


def read_status(answers: bytes) -> Status:
    """From the three answers to ASK_STATUS."""
    printer, cause, paper = answers
    return Status(
        offline=bool(printer & OFFLINE),
        cover_open=bool(cause & COVER_OPEN),
        paper_out=bool(cause & STOPPED_BY_PAPER or paper & PAPER_OUT),
        paper_low=bool(paper & PAPER_LOW),
        error=bool(cause & ERROR),
    )


def _bands(image: Image.Image) -> Iterator[bytes]:
    row_bytes, rest = divmod(image.width, 8)
    assert rest == 0, "heads have whole bytes of dots"
    burned = image.tobytes().translate(INVERTED)
    for start in range(0, len(burned), row_bytes * BAND_ROWS):
        yield _band(burned[start : start + row_bytes * BAND_ROWS], row_bytes)


def _band(burned: bytes, row_bytes: int) -> bytes:
    rows = len(burned) // row_bytes
    size = row_bytes.to_bytes(2, "little") + rows.to_bytes(2, "little")
    return b"\x1dv0\x00" + size + LOOKS_LIKE_A_COMMAND.sub(ONE_DOT_MORE, burned)
