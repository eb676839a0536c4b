"""A table that was read once, carried in a page until it is decided on; nothing is kept here."""

import zlib
from base64 import b64decode, b64encode

import msgspec

from lobby.spreadsheets.refusals import TableProblem, TableRefusedError
from lobby.spreadsheets.table import ROWS_MAX, Table

PACKED_BYTES_MAX = 24 * 1024 * 1024
"""Unpacked: ten thousand rows with every cell full do not fit into a file that is taken."""

TABLE = msgspec.json.Decoder(Table)


def packed(table: Table) -> str:
    return b64encode(zlib.compress(msgspec.json.encode(table))).decode()


def unpacked(text: str) -> Table:
    """Raises `TableRefusedError` where it is not what `packed` made."""
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(b64decode(text, validate=True), PACKED_BYTES_MAX)
        table: Table = TABLE.decode(content)
    except (ValueError, zlib.error, msgspec.MsgspecError):
        raise TableRefusedError(TableProblem.DAMAGED) from None
    if not table.rows or len(table.rows) > ROWS_MAX:
        raise TableRefusedError(TableProblem.EMPTY)
    return table
