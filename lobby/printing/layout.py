"""From blocks to places on the paper, all in dots, before a single one is drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lobby.printing.blocks import Block, Code, Hairline, Number, Words
from lobby.printing.characters import printable
from lobby.printing.paper import CAP_HEIGHT, DOTS_PER_MM, Paper
from lobby.printing.qr_code import Modules, modules_of
from lobby.printing.typeface import white_before, width_of
from lobby.printing.wrapping import wrap

LINES_MAX = 6
TEXT_MAX = 600
"""Of one paragraph, which holds fewer characters than that in its lines: a text pasted by mistake
does not empty the roll."""

LINE_HEIGHT = 1.36
BASELINE = 1.06
"""From the top of a line, in parts of its size: Vietnamese letters carry two marks."""

MARGIN = DOTS_PER_MM
BOTTOM = 2 * DOTS_PER_MM
HAIRLINE = 2
BULLET = 6
HANGING_INDENT = 0.62
X_HEIGHT = 0.54
LETTER_GAP = 0.12
"""Between the letter and the figures of a number, in parts of its size."""

CODE_SIDE_MAX = 26 * DOTS_PER_MM
BESIDE_MIN = 30 * DOTS_PER_MM
"""A narrower column beside the code would break every other word."""

QUIET_ZONE = 4
"""Modules of white around the code, as the standard asks."""

MODULE_MIN = 3
"""0.38 mm: what an ordinary phone still reads from thermal paper."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A run of text; `x` is its left end, `y` its baseline."""

    text: str
    x: float
    y: int
    size: int
    bold: bool


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """QR modules of `module` dots each, without their quiet zone."""

    modules: Modules
    x: int
    y: int
    module: int


Placed = Glyphs | Bar | Picture


@dataclass(frozen=True, slots=True)
class Sheet:
    width: int
    height: int
    placed: tuple[Placed, ...]


@dataclass(slots=True)
class Column:
    """Fills from the top: `y` is where the next block begins."""

    x: int
    width: int
    y: int = 0

    def words(self, words: Words) -> Iterator[Placed]:
        self.y += words.above
        indent = round(HANGING_INDENT * words.size) if words.hangs else 0
        if words.hangs:
            middle = self._baseline(words) - round(X_HEIGHT * words.size / 2)
            yield Bar(self.x, middle - BULLET // 2, BULLET, BULLET)
        for line in _lines(words, self.width - indent):
            yield Glyphs(line, self.x + indent, self._baseline(words), words.size, words.bold)
            self.y += round(LINE_HEIGHT * words.size)

    def _baseline(self, words: Words) -> int:
        return self.y + round(BASELINE * words.size)


def laid_out(blocks: Sequence[Block], paper: Paper) -> Sheet:
    column = Column(MARGIN, paper.dots - 2 * MARGIN)
    placed: list[Placed] = []
    for block in blocks:
        match block:
            case Words():
                placed += column.words(block)
            case Number():
                placed += _number(block, column)
            case Hairline():
                placed.append(_hairline(block, column))
            case Code():
                placed += _code(block, column)
    return Sheet(paper.dots, column.y + BOTTOM, tuple(placed))


def _lines(words: Words, width: int) -> list[str]:
    return wrap(
        printable(words.text[:TEXT_MAX]),
        width,
        LINES_MAX,
        lambda text: width_of(text, words.size, words.bold),
    )


def _number(number: Number, column: Column) -> Iterator[Glyphs]:
    """The letter stands a little apart: `A 012` is read and remembered in two parts."""
    text = printable(number.text)
    letter, figures = text[:1], text[1:]
    size = _number_size(text, number.height, column.width)
    column.y += number.above + round(size * CAP_HEIGHT)
    yield Glyphs(letter, column.x - white_before(letter, size, bold=True), column.y, size, True)
    beyond = width_of(letter, size, bold=True) + LETTER_GAP * size
    yield Glyphs(figures, column.x + beyond, column.y, size, True)


def _number_size(text: str, height: int, width: int) -> int:
    size = -int(-height // CAP_HEIGHT)
    needed = width_of(text, size, bold=True) + LETTER_GAP * size
    return size if needed <= width else int(size * width / needed)


def _hairline(hairline: Hairline, column: Column) -> Bar:
    column.y += hairline.above
    bar = Bar(column.x, column.y, column.width, HAIRLINE)
    column.y += HAIRLINE
    return bar


def _code(code: Code, column: Column) -> Iterator[Placed]:
    """The dark modules begin where the text does; the paper's edge keeps them quiet."""
    modules = modules_of(code.address)
    module = min(max(MODULE_MIN, CODE_SIDE_MAX // len(modules)), column.width // len(modules))
    side, quiet = module * len(modules), module * QUIET_ZONE
    column.y += max(code.above, quiet)
    yield Picture(modules, column.x, column.y, module)
    taken = side + quiet
    if column.width - taken >= BESIDE_MIN:
        beside = Column(column.x + taken, column.width - taken, column.y - _headroom(code))
    else:
        beside = Column(column.x, column.width, column.y + taken - _headroom(code))
    for words in code.words:
        yield from beside.words(words)
    column.y = max(column.y + side, beside.y)


def _headroom(code: Code) -> int:
    """White above the capitals of the first line, so that they begin level with the code."""
    return round((BASELINE - CAP_HEIGHT) * code.words[0].size)
