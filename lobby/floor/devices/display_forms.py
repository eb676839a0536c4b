"""The form of a display's settings, read and checked; each mistake becomes a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from lobby import typed_text
from lobby.floor.devices.device_forms import UnclearError, read_language, read_name
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark
from lobby.queueing.model.plan import Plan
from lobby.screens.display_settings import (
    DISTANCES_M,
    LOUDNESS,
    SLIDE_LENGTH_MAX,
    SLIDES_MAX,
    WIDTHS_MM,
    DisplaySettings,
    Hanging,
    Layout,
    Slide,
    display_settings,
    kept_slide,
)
from lobby.web.commands import FormFields

ROOM_LENGTH_MAX = 40


def read_form(form: FormFields, plan: Plan) -> tuple[str, str, dict[str, Any]]:
    """Name, language, and the settings as they are kept. Raises `UnclearError`."""
    name = read_name(form, mark("Please give the display a name of up to 60 letters."))
    kept = {
        "layout": _choice(Layout, form.get("layout")),
        "counter": _known(form.get("counter", ""), plan.counters),
        "hanging": _choice(Hanging, form.get("hanging")),
        "width_mm": _width_mm(form.get("width_mm", "")),
        "distance_m": _distance_m(form.get("distance_m", "")),
        "counters": [c for c in plan.counters if c in form.all("counters")],
        "services": [s for s in plan.services if s in form.all("services")],
        "speaks": form.get("speaks") == "yes",
        "heard_in": typed_text.name(form.get("heard_in", ""))[:ROOM_LENGTH_MAX],
        "loudness": next((s for s in LOUDNESS if str(s) == form.get("loudness")), LOUDNESS[-1]),
        "slides": [kept_slide(slide) for slide in _slides(form)],
    }
    if kept["layout"] == Layout.COUNTER and not kept["counter"]:
        raise UnclearError(mark("Please choose the counter whose sign this is."))
    _check_legible(display_settings(kept))
    return name, read_language(form, plan), kept


def shown_slides(settings: DisplaySettings) -> tuple[Slide | None, ...]:
    """Those there are, and two empty places for more."""
    empty = min(2, SLIDES_MAX - len(settings.slides))
    return (*settings.slides, *(None,) * empty)


def _check_legible(settings: DisplaySettings) -> None:
    if settings.layout is Layout.HALL:
        farthest_m = settings.farthest_m
        if farthest_m < settings.distance_m:
            raise UnclearError(
                mark(
                    "On a picture %(width)s mm wide a call can be read from %(most)s m at most. "
                    "Please enter a shorter distance, or hang a larger screen."
                ),
                width=f"{settings.shown_width_mm:.0f}",
                most=f"{int(farthest_m * 10) / 10:g}",
            )


def _width_mm(text: str) -> float:
    """0 where nothing was measured: then the usual screen is assumed."""
    width_mm = typed_text.number(text) if text.strip() else 0.0
    if width_mm is None or (width_mm and not WIDTHS_MM[0] <= width_mm <= WIDTHS_MM[1]):
        raise UnclearError(
            mark(
                "The width of the picture is a number of millimetres from 80 to 6000, such as 1210."
            )
        )
    return width_mm


def _distance_m(text: str) -> float:
    distance_m = typed_text.number(text)
    if distance_m is None or not DISTANCES_M[0] <= distance_m <= DISTANCES_M[1]:
        raise UnclearError(mark("The distance is a number of metres from 0.5 to 30, such as 5."))
    return distance_m


def _slides(form: FormFields) -> Iterator[Slide]:
    for place in range(SLIDES_MAX):
        texts = {code: _text(form.get(f"slide_{place}_{code}", "")) for code in LANGUAGES}
        texts = {code: text for code, text in texts.items() if text}
        first, last = (form.get(f"slide_{place}_{end}", "").strip() for end in ("from", "until"))
        if texts or first or last:
            yield _slide(place + 1, texts, first, last)


def _slide(number: int, texts: Mapping[str, str], first: str, last: str) -> Slide:
    try:
        slide = Slide(date.fromisoformat(first), date.fromisoformat(last), texts)
    except ValueError:
        raise UnclearError(
            mark("Slide %(number)s: please enter its first and its last day."), number=number
        ) from None
    if not texts:
        raise UnclearError(mark("Slide %(number)s: please enter its text."), number=number)
    if slide.last_day < slide.first_day:
        raise UnclearError(mark("Slide %(number)s ends before it begins."), number=number)
    if max(map(len, texts.values())) > SLIDE_LENGTH_MAX:
        raise UnclearError(
            mark("Slide %(number)s: a slide has room for at most %(most)s letters."),
            number=number,
            most=SLIDE_LENGTH_MAX,
        )
    return replace(slide, texts=dict(texts))


def _text(typed: str) -> str:
    return typed_text.words(typed)


def _choice(kind: type[Layout] | type[Hanging], text: str | None) -> str:
    return text if text in list(kind) else next(iter(kind)).value


def _known(text: str, among: Mapping[str, object]) -> str:
    return text if text in among else ""
