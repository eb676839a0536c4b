"""`lobby config check` names every mistake of a branch's file at once, and needs no database."""

from pathlib import Path

import pytest

from lobby.catalogue.reading import DEMO, read_branch_file
from tests.console.console import Console

TEXT = DEMO.read_text(encoding="utf-8")
COUNTERS = "counters = [1, 2, 3, 4, 5, 6]"
RETAIL = "retail = { weekday = [08:30:00, 17:00:00], weekend = [09:30:00, 16:00:00] }"

MISTAKES = [
    ("target_min = 20", "traget_min = 20", "'traget_min', which nobody reads; did you mean"),
    ("target_min = 20", "target_min = -5", "has -5 for 'target_min'; it takes a number from 1 to"),
    ("target_min = 20", "target_min = inf", "has inf for 'target_min'; it takes a number from 1"),
    ("target_min = 20", "target_min = nan", "has nan for 'target_min'; it takes a number from 1"),
    ("target_min = 20", 'target_min = "twenty"', "has 'twenty' for 'target_min'; it takes a"),
    ("target_min = 20", "target_min = true", "has True for 'target_min'; it takes a number"),
    (COUNTERS, "counters = [1, 1, 2]", "the branch has the counter 1 twice"),
    (COUNTERS, 'counters = ["VIP 1", "vip　１"]', "the branch has the counter vip 1 twice"),
    (COUNTERS, 'counters = [""]', "the branch has '' for 'counters'; it takes numbers, or texts"),
    (COUNTERS, 'counters = ["-1"]', "the branch has '-1' for 'counters'; it takes numbers, or"),
    (COUNTERS, "counters = [0]", "the branch has 0 for 'counters'; it takes numbers, or texts"),
    (COUNTERS, 'counters = ["a long label"]', "texts of at most 8 letters and digits"),
    (COUNTERS, 'counters = ["<b>"]', "texts of at most 8 letters and digits"),
    (COUNTERS, "counters = 3", "the branch has 3 for 'counters'; it takes a list"),
    (COUNTERS, "counters = [[1]]", "the branch has [1] for 'counters'; it takes"),
    (COUNTERS, "counters = [true]", "the branch has True for 'counters'; it takes"),
    ('language = "zh"', 'language = "fr"', "has 'fr' for 'language'; it knows zh, vi, en"),
    ('language = "zh"', "language = 3", "has 3 for 'language'; it takes a text"),
    ('id = "riverside"', 'id = ""', "the branch has no id"),
    ('id = "riverside"', 'id = "a b"', "has 'a b' for 'id'; it takes 1 to 40 letters"),
    ('id = "riverside"', 'id = "../x"', "has '../x' for 'id'; it takes 1 to 40 letters"),
    ('id = "riverside"', f'id = "{"x" * 99}"', "it takes 1 to 40 letters"),
    ('"Asia/Shanghai"', '"Asia/Shanghia"', "did you mean 'Asia/Shanghai'?"),
    ('"Asia/Shanghai"', '"Asia"', "there is no time zone 'Asia'"),
    ('"Asia/Shanghai"', "8", "has 8 for 'time_zone'; it takes a text"),
    ('{ en = "Riverside Branch"', "{ en = 3", "has 3 for 'en'; it takes a text"),
    ('{ en = "Riverside Branch"', '{ en = "A\\nB"', "it takes one line of at most"),
    ("minutes = 4", "minutes = inf", "service A01 has inf for 'minutes'; it takes a number"),
    ("minutes = 4", "minutes = 1" + "0" * 400, "it takes a number from 0.1 to 480"),
    ("minutes = 4", "minutes = 1" + "0" * 5000, "cannot be read"),
    ('code = "A01"', "code = 1", "a service has 1 for 'code'; it takes a text"),
    ("grace_s = 45", "grace_s = inf", "a set of rules has inf for 'grace_s'"),
    ("overtakes_max = 3", "overtake_max = 3", "did you mean 'overtakes_max'?"),
    ("valid_from = 2026-01-01", "valid_from = 0026-01-01", "it takes a day such as 2026-01-01"),
    ("valid_from = 2026-01-01", "valid_from = 2026-01-01T08:00:00", "it takes a day such as"),
    ("valid_from = 2026-01-01", "valid_from = 2026-02-30", "cannot be read"),
    ('routine = ["A01"', 'routine = [["A01"]', "for 'routine'; it takes texts"),
    (RETAIL, "retail = { weekdays = [08:30, 17:00] }", "did you mean 'weekday'?"),
    (RETAIL, "retail = { weekday = [08:30, 24:00] }", "lies between 00:00 and 23:59"),
    (RETAIL, "retail = { weekday = [08：30, 17：00] }", "： is a full-width character"),
    ('version = "demo-2026.1"', "version = “demo”", "“ is a quotation mark of a word processor"),
    ("target_min = 20", "target_min = 20\ntarget_min = 21", "this stands there twice"),
    ("[tariff]", "[[tariff]]", "the tariff is [{'source': 'Demo tariff'"),
    ('currency = "CNY"', 'currency = "yuan"', "three letters such as CNY"),
    (
        "amounts = { CN = 0, VN = 0 }",
        "amounts = { CN = inf, VN = 0 }",
        "an amount for each profile",
    ),
    ("number = 1\n", "number = 0\n", "machine m1 has 0 for 'number'"),
    (
        "[machine_kinds.atm]",
        "[machine_kinds.amt]",
        "'amt', which nobody reads; did you mean 'atm'?",
    ),
    ('code = "URGENT"', 'code = "ASSIST"', "has the priority class ASSIST twice"),
]


def checked(console: Console, folder: Path, content: bytes) -> str:
    """What is said of a wrong file; a mistake is never a traceback, and nothing is made."""
    file = folder / "branch.toml"
    file.write_bytes(content)
    said = console.do("config", "check", file)
    assert (said.code, said.err) == (1, "")
    assert not console.database.exists()
    return said.out


@pytest.mark.parametrize(("old", "new", "words"), MISTAKES)
def test_it_names_each_mistake_with_its_line_and_what_is_allowed(
    console: Console, tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert old in TEXT
    said = checked(console, tmp_path, TEXT.replace(old, new, 1).encode())
    assert words in said
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    if new != "minutes = 1" + "0" * 5000:  # whose place Python's own sentence does not tell
        near = range(line, line + 3 if "\n" in new or old.startswith("[") else line + 1)
        assert any(f"Line {each} of branch.toml: " in said for each in near)


def test_it_names_all_mistakes_at_once_in_the_order_of_their_lines(
    console: Console, tmp_path: Path
) -> None:
    text = TEXT
    for old, new in (
        ("target_min = 20", "target_min = -5"),
        (COUNTERS, "counters = [1, 1]"),
        ('language = "zh"', 'language = "fr"'),
        ("minutes = 4", "minutes = 0"),
        ("overtakes_max = 3", "overtakes = 3"),
    ):
        text = text.replace(old, new, 1)
    lines = checked(console, tmp_path, text.encode()).splitlines()
    assert lines[0] == "branch.toml has 5 mistakes:"
    numbers = [int(line.split()[1]) for line in lines[1:]]
    assert len(numbers) == 5
    assert numbers == sorted(numbers)


def test_an_empty_file_is_told_what_it_lacks(console: Console, tmp_path: Path) -> None:
    said = checked(console, tmp_path, b"")
    for key in ("version", "branch", "services", "hours", "profiles", "tariff"):
        assert f"the catalogue lacks '{key}'." in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (TEXT.encode("utf-16"), "it looks like UTF-16; save the file as UTF-8"),
        (TEXT.encode("utf-16-be"), "it looks like UTF-16; save the file as UTF-8"),
        (TEXT.encode("gb18030"), "it is not UTF-8, perhaps GBK; save the file as UTF-8"),
        ('名 = "Quầy"'.encode()[:-3] + b'\xff\xff"', "it is not UTF-8; save the file"),
        (b"[" * 100_000, "cannot be read"),
        (b"a = " + b"[" * 100_000, "cannot be read"),
        (b"#" * (4 * 1024 * 1024 + 1), "more than 4 megabytes"),
    ],
)
def test_a_file_of_another_kind_is_a_sentence(
    console: Console, tmp_path: Path, content: bytes, words: str
) -> None:
    said = checked(console, tmp_path, content)
    assert words in said
    assert len(said.splitlines()) == 1


def test_a_folder_and_a_missing_file_are_sentences(console: Console, tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "none.toml"):
        said = console.do("config", "check", file)
        assert (said.code, said.err) == (1, "")
        assert f"{file.name} cannot be read: " in said.out


def test_it_takes_a_byte_order_mark_other_line_ends_and_times_without_seconds(
    console: Console, tmp_path: Path
) -> None:
    text = TEXT.replace("08:30:00", "8:30").replace("17:00:00", "17:00")
    file = tmp_path / "branch.toml"
    file.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    said = console.do("config", "check", file)
    assert said.code == 0, said.out
    assert "is right: branch riverside, 25 services, 6 counters, catalogue demo-2026.1" in said.out
    assert read_branch_file(file) == read_branch_file(DEMO)
