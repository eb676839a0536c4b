"""The QR code as a page holds it."""

import re

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from kiosk.qr import qr_svg

ADDRESS = "https://queue.bank.example/t/abcdefghijklmnop"


def drawn(svg: str) -> list[list[bool]]:
    """The modules that the path covers."""
    found = re.search(r'viewBox="0 0 (\d+) \1"', svg)
    assert found
    side = int(found[1])
    modules = [[False] * side for _ in range(side)]
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", svg)
    for x, y, there, back in (map(int, run) for run in runs):
        assert there == back
        modules[y][x : x + there] = [True] * there
    return modules


def test_it_draws_exactly_the_code_of_the_address() -> None:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(ADDRESS)
    assert drawn(qr_svg(ADDRESS)) == code.get_matrix()


def test_it_keeps_the_quiet_zone_and_needs_no_style() -> None:
    svg = qr_svg(ADDRESS)
    assert not any(any(row) for row in drawn(svg)[:4])
    assert "style" not in svg
