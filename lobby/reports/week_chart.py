"""Three maps of the week: a cell for each weekday and half hour, with its figure and shaded by it,
so that neither stands alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from babel.dates import get_day_names

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark
from lobby.reports.figures import Figures
from lobby.reports.week_map import Cell, WeekMap, clock_of

LEFT = 62
TOP = 56
CELL_HEIGHT = 24
WIDTH = 420
SHADES = 5


@dataclass(frozen=True, slots=True)
class MapCell:
    """`shade` from 0, nothing, to 5, the most of this map."""

    x: float
    y: float
    width: float
    shade: int
    text: str
    is_few: bool


@dataclass(frozen=True, slots=True)
class MapLabel:
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class MapChart:
    key: str
    title: str
    height: float
    columns: tuple[MapLabel, ...]
    rows: tuple[MapLabel, ...]
    cells: tuple[MapCell, ...]


TITLES = (
    ("arrivals", mark("People arriving")),
    ("waits", mark("Wait in minutes")),
    ("counters", mark("Counters open")),
)


def map_charts(of: WeekMap, figures: Figures) -> tuple[MapChart, ...]:
    """None of what nobody came to, or of one service, which has no counters of its own."""
    if not of.cells:
        return ()
    values: dict[str, Callable[[Cell], float | None]] = {
        "arrivals": lambda cell: cell.arrivals,
        "waits": lambda cell: None if cell.wait_s is None else cell.wait_s / 60,
        "counters": lambda cell: cell.counters_open,
    }
    has_counters = any(cell.counters_open for cell in of.cells.values())
    return tuple(
        _chart(key, figures.words.gettext(title), of, values[key], figures)
        for key, title in TITLES
        if key != "counters" or has_counters
    )


def _chart(
    key: str, title: str, of: WeekMap, value: Callable[[Cell], float | None], figures: Figures
) -> MapChart:
    width = (WIDTH - LEFT) / len(of.weekdays)
    return MapChart(
        key,
        title,
        height=TOP + CELL_HEIGHT * len(of.half_hours) + 4,
        columns=tuple(
            MapLabel(LEFT + width * (i + 0.5), TOP - 10, short_weekday(day, figures))
            for i, day in enumerate(of.weekdays)
        ),
        rows=tuple(
            MapLabel(LEFT - 8, TOP + CELL_HEIGHT * (i + 0.5), clock_of(index))
            for i, index in enumerate(of.half_hours)
        ),
        cells=tuple(_cells(of, value, figures, marks_few=key == "waits")),
    )


def _cells(
    of: WeekMap, value: Callable[[Cell], float | None], figures: Figures, *, marks_few: bool
) -> Iterator[MapCell]:
    width = (WIDTH - LEFT) / len(of.weekdays)
    most = max((value(cell) or 0.0 for cell in of.cells.values()), default=0.0)
    for column, weekday in enumerate(of.weekdays):
        for row, index in enumerate(of.half_hours):
            cell = of.cells.get((weekday, index))
            told = value(cell) if cell else None
            yield MapCell(
                LEFT + width * column,
                TOP + CELL_HEIGHT * row,
                width,
                shade_of(told or 0.0, most),
                figures.sparing(told) if told else "",
                is_few=marks_few and cell is not None and cell.is_few,
            )


def short_weekday(weekday: int, figures: Figures) -> str:
    names = get_day_names("abbreviated", locale=LANGUAGES[figures.language].locale)
    return str(names[weekday])


def shade_of(value: float, most: float) -> int:
    """In equal steps; the least that is anything is shaded."""
    return min(SHADES, 1 + int(SHADES * value / most)) if value and most else 0
