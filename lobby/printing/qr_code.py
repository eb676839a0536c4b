"""An address as the dark and light modules of a QR code."""

from functools import lru_cache

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

Modules = tuple[tuple[bool, ...], ...]
"""Rows of modules, True where dark, without the quiet zone."""


@lru_cache(maxsize=64)
def modules_of(address: str) -> Modules:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(address)
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())
