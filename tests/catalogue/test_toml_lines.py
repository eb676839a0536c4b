"""Each value of a TOML text is found on its line, however it is written."""

import tomllib
from collections.abc import Iterator

import pytest

from lobby.catalogue.mistakes import Place
from lobby.catalogue.reading import DEMO
from lobby.catalogue.toml_lines import lines_of, with_seconds

TEXT = '''a = 1
# "b" = [
"b c".d = { e = [
  1, 2, # ]
  "]", '}',
], f = """
three # lines
\\"""" }
[x.y]
z = 2026-01-01 08:30
[[x.l]]
k = 1.5
[[x.l]]
'k.k' = [{ m = 08:30 }, { m = 9:05, n.o = 1 }]
[x.l.p]
q = []
'''


def places(content: object, place: Place = ()) -> Iterator[Place]:
    """Of every table, list and value in it."""
    yield place
    if isinstance(content, dict):
        inside = list(content.items())
    else:
        inside = list(enumerate(content)) if isinstance(content, list) else []
    for key, value in inside:
        yield from places(value, (*place, key))


@pytest.mark.parametrize("text", [DEMO.read_text(encoding="utf-8"), with_seconds(TEXT)])
def test_it_finds_every_value_and_nothing_else(text: str) -> None:
    assert set(lines_of(text)) == set(places(tomllib.loads(text))) - {()}


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("a",), 1),
        (("b c", "d", "e", 1), 4),
        (("b c", "d", "e", 2), 5),
        (("b c", "d", "f"), 6),
        (("x",), 9),
        (("x", "y", "z"), 10),
        (("x", "l", 0, "k"), 12),
        (("x", "l", 1), 13),
        (("x", "l", 1, "k.k", 1, "n", "o"), 14),
        (("x", "l", 1, "p", "q"), 16),
    ],
)
def test_it_knows_the_line(place: Place, line: int) -> None:
    assert lines_of(with_seconds(TEXT))[place] == line


def test_seconds_come_only_to_times_that_are_values() -> None:
    read = tomllib.loads(with_seconds('t = 8:30 # 8:30\ns = "8:30"\nl = [08:30, 09:00:05]'))
    assert [str(read["t"]), read["s"]] == ["08:30:00", "8:30"]
    assert [str(each) for each in read["l"]] == ["08:30:00", "09:00:05"]
