"""A file that somebody chose is read as a table, or refused with a sentence, and never run."""

import io
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from lobby.spreadsheets.cells import looks_like_formula
from lobby.spreadsheets.columns import plain
from lobby.spreadsheets.csv_file import csv_of
from lobby.spreadsheets.reading import FILE_BYTES_MAX, read_table
from lobby.spreadsheets.refusals import TableProblem, TableRefusedError
from lobby.spreadsheets.table import ROWS_MAX, Row, Table
from lobby.spreadsheets.workbook import workbook_of

TITLES = ("用户名", "Họ và tên", "Note")
ROWS = (("wei", "王伟", "a, b; c"), ("thu", "Nguyễn Thị Thu", ""))
EXPECTED = Table(TITLES, (Row(2, ROWS[0]), Row(3, ROWS[1][:2])))


def workbook(*lines: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(line)
    book.save(out)
    return out.getvalue()


def problem_of(content: bytes) -> TableProblem:
    with pytest.raises(TableRefusedError) as refused:
        read_table(content)
    return refused.value.problem


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_it_reads_text_as_spreadsheets_save_it(separator: str, encoding: str, ending: str) -> None:
    lines = [TITLES, *ROWS]
    text = ending.join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    assert read_table(text.encode(encoding)) == EXPECTED


def test_it_reads_a_workbook_alike() -> None:
    assert read_table(workbook(TITLES, *ROWS)) == EXPECTED
    assert read_table(workbook_of(TITLES, list(ROWS))) == EXPECTED


def test_numbers_and_days_read_as_they_are_shown() -> None:
    table = read_table(workbook(("a", "b", "c"), (1001, 2.5, date(2027, 2, 17))))
    assert table.rows == (Row(2, ("1001", "2.5", "2027-02-17")),)


def test_empty_lines_count_and_are_left_out() -> None:
    table = read_table(b"\n\nname,role\n\nwei,teller\n\n\n")
    assert (table.titles, table.rows) == (("name", "role"), (Row(5, ("wei", "teller")),))


def test_a_line_that_names_the_separator_is_no_title() -> None:
    assert read_table(b"sep=;\na,b;c\n1;2\n").titles == ("a,b", "c")


def test_a_formula_is_not_run() -> None:
    table = read_table(workbook(("name",), ("=1+1",), ("=HYPERLINK(1)",)))
    assert [row.cells[0] for row in table.rows] == ["=1+1", "=HYPERLINK(1)"]
    assert all(looks_like_formula(row.cells[0]) for row in table.rows)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(1)", "\uff1d1+1", "\t=1"])
def test_nothing_given_out_is_a_formula(cell: str) -> None:
    rows = read_table(workbook_of(("name",), [(cell,)])).rows
    assert not looks_like_formula(rows[0].cells[0])
    assert f"'{cell}" in csv_of([("name",), (cell,)]).replace('"', "")


def test_it_refuses_what_is_too_large() -> None:
    assert problem_of(b"a\n" * FILE_BYTES_MAX) is TableProblem.TOO_LARGE
    rows = b"name\n" + b"wei\n" * ROWS_MAX
    assert len(read_table(rows).rows) == ROWS_MAX
    assert problem_of(rows + b"one more\n") is TableProblem.TOO_MANY_ROWS
    assert problem_of(b"a," * 100 + b"a\n1\n") is TableProblem.TOO_MANY_COLUMNS


def test_it_refuses_an_archive_that_grows() -> None:
    """Half a gigabyte of blanks in half a megabyte."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (128 * 1024 * 1024))
    assert len(content.getvalue()) < FILE_BYTES_MAX
    assert problem_of(content.getvalue()) is TableProblem.TOO_MUCH_INSIDE


def test_it_refuses_an_archive_that_lies_about_its_size() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 1_000_000)
    lying = content.getvalue().replace(struct.pack("<I", 1_000_000), struct.pack("<I", 10))
    assert problem_of(lying) is TableProblem.DAMAGED


def test_a_far_away_cell_costs_nothing() -> None:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["XFD3"], sheet["A60000"] = "name", "wei", "far", "thu"
    book.save(out)
    assert [row.number for row in read_table(out.getvalue()).rows] == [2, 60000]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", TableProblem.EMPTY),
        (b"name,role\n", TableProblem.EMPTY),
        (workbook(("name",)), TableProblem.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", TableProblem.OLD_OR_LOCKED),
        (b"%PDF-1.7\n\0\xff", TableProblem.NO_TABLE),
        (b"\xff\xfe\xff", TableProblem.NO_TABLE),
        (b"\x81\xff\xff\n\xff", TableProblem.NO_TABLE),
        (b"a\n" + b'"' + b"x" * 200_000, TableProblem.NO_TABLE),
        (b"PK\x03\x04 and nothing more", TableProblem.DAMAGED),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes, problem: TableProblem) -> None:
    assert problem_of(content) is problem


@pytest.mark.parametrize(
    ("title", "read"),
    [("Họ và tên *", "hovaten"), ("User_Name:", "username"), ("用户名", "用户名"), ("ĐỊA", "dia")],
)
def test_titles_are_known_without_accents_and_signs(title: str, read: str) -> None:
    assert plain(title) == read


def test_entities_of_xml_are_no_way_to_grow(tmp_path: Path) -> None:
    """A billion laughs inside a small sheet."""
    entities = b"".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">'.encode() for n in range(1, 10))
    sheet = b'<!DOCTYPE x [<!ENTITY l0 "lol">' + entities + b"]><worksheet>&l9;</worksheet>"
    source = io.BytesIO(workbook(("name",), ("wei",)))
    out = tmp_path / "laughs.xlsx"
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(out, "w") as changed:
        for part in whole.infolist():
            is_sheet = part.filename.endswith("sheet1.xml")
            changed.writestr(part.filename, sheet if is_sheet else whole.read(part))
    assert problem_of(out.read_bytes()) in {TableProblem.DAMAGED, TableProblem.EMPTY}
