"""Tables as text: CSV as it comes from Excel, WPS or LibreOffice, also in China and Vietnam."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from lobby.spreadsheets.refusals import TableProblem, TableRefusedError
from lobby.spreadsheets.table import Table, table_of

SEPARATORS = ("\t", ";", ",")
"""Excel's own "Unicode text", Excel in Vietnam and most of Europe, Excel in China."""

SEPARATOR_LINE = "sep="
"""What some programs write first, for Excel."""


def read_text(content: bytes) -> Table:
    """Raises `TableRefusedError`."""
    lines = _decoded(content).splitlines(keepends=True)
    separator = _separator(lines)
    if lines and lines[0].lower().startswith(SEPARATOR_LINE):
        lines[0] = "\n"
    try:
        return table_of(csv.reader(lines, delimiter=separator))
    except csv.Error:
        raise TableRefusedError(TableProblem.NO_TABLE) from None


def _decoded(content: bytes) -> str:
    """UTF-8, with a byte order mark or without; UTF-16 with one; GB 18030, as WPS and Excel in
    China save it."""
    if b"\0" in content and not content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise TableRefusedError(TableProblem.NO_TABLE)
    for encoding in _encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableRefusedError(TableProblem.NO_TABLE)


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return ("utf-16",)
    if content.startswith(BOM_UTF8):
        return ("utf-8-sig",)
    return ("utf-8", "gb18030")


def _separator(lines: list[str]) -> str:
    """The one that stands most often in the line of titles, outside quotation marks."""
    first = next((line for line in lines if line.strip()), "")
    stated = first.strip().lower().removeprefix(SEPARATOR_LINE)
    if first.lower().startswith(SEPARATOR_LINE) and stated in SEPARATORS:
        return stated
    bare = "".join(first.split('"')[::2])
    return max(reversed(SEPARATORS), key=bare.count)
