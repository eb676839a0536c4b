"""The kiosk's set-up page: how large its screen is, by a bank card laid on it, and a test slip.

Customers stand here otherwise: it opens for some minutes after somebody of the staff asked for it
on the tablet.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kiosk.context import KioskContext, kiosk_context
from kiosk.errors import NotShownError
from kiosk.message_page import error_page
from kiosk.qr import qr_svg
from lobby import typed_text
from lobby.i18n.formats import decimal
from lobby.i18n.texts import mark, texts
from lobby.printing.sample_slip import sample_slip
from lobby.printing.slip import Slip
from lobby.screens.kiosk_settings import (
    CARD_HEIGHT_MM,
    CARD_WIDTH_MM,
    MM_PER_PX,
    PrinterKind,
    kiosk_settings,
    mm_per_px_of,
)
from lobby.speech.sentences import sentences
from lobby.web.commands import form_fields
from lobby.web.devices import change_device
from lobby.web.kiosk_set_up import is_set_up_open, with_set_up_closed

PAGE = "/kiosk/set-up"
USUAL_CARD_PX = 346
"""On a 21.5-inch kiosk that stands up."""

WIDTHS_PX = (round(CARD_WIDTH_MM / MM_PER_PX[1]), round(CARD_WIDTH_MM / MM_PER_PX[0]))
STEPS_PX = (-10, -1, 1, 10)

LAY_A_CARD = mark("Lay a bank card on the coloured area")
HOW = mark("Make the area as wide as the card. Then save.")
NOT_OPEN = mark("Staff open this page on their tablet, in the settings of this kiosk.")
NO_SUCH_SIZE = mark("No screen has pixels of this size. Nothing was changed.")


async def set_up_page(request: Request) -> Response:
    kiosk = kiosk_context(request)
    if not is_open(kiosk):
        return error_page(kiosk, NotShownError(HTTPStatus.FORBIDDEN, NOT_OPEN))
    settings = kiosk_settings(kiosk.device.settings)
    measured_px = CARD_WIDTH_MM / settings.mm_per_px if settings.mm_per_px else USUAL_CARD_PX
    width_px = _within(_asked_px(request) or round(measured_px))
    say = texts(kiosk.language).gettext
    return kiosk.page(
        "kiosk/set_up.html",
        PAGE,
        width_px=width_px,
        height_px=width_px * CARD_HEIGHT_MM / CARD_WIDTH_MM,
        card_mm=(CARD_WIDTH_MM, CARD_HEIGHT_MM),
        widths_px=WIDTHS_PX,
        smaller_and_larger=[(step, _within(width_px + step)) for step in STEPS_PX],
        measure=decimal(mm_per_px_of(width_px) or 0.0, kiosk.language, pattern="0.0000"),
        spoken=sentences((say(LAY_A_CARD), say(HOW)), kiosk.language),
        sentence=say(LAY_A_CARD),
        how=say(HOW),
        slip=_sample(kiosk) if settings.printer is PrinterKind.BROWSER else None,
        qr=qr_svg(kiosk.base_url),
        paper_mm=settings.paper.value,
    )


async def save_set_up(request: Request) -> Response:
    """Keeps the measure and closes the page; without a width it only closes it."""
    kiosk = kiosk_context(request)
    form = await form_fields(request)
    kiosk = kiosk.with_form(form)
    if not is_open(kiosk):
        return error_page(kiosk, NotShownError(HTTPStatus.FORBIDDEN, NOT_OPEN))
    measure: Mapping[str, Any] = {}
    if form.get("width_px"):
        mm_per_px = mm_per_px_of(typed_text.number(form["width_px"]) or 0.0)
        if mm_per_px is None:
            return error_page(kiosk, NotShownError(HTTPStatus.UNPROCESSABLE_ENTITY, NO_SUCH_SIZE))
        measure = {"mm_per_px": mm_per_px}
    device = kiosk.device
    await change_device(
        kiosk.services.sessions,
        device,
        name=device.name,
        language=device.language,
        settings={**with_set_up_closed(device.settings), **measure},
    )
    return kiosk.go_to(kiosk.session.start())


def is_open(kiosk: KioskContext) -> bool:
    return is_set_up_open(kiosk.device.settings, kiosk.services.clock.now())


def _asked_px(request: Request) -> int | None:
    return typed_text.whole_number(request.query_params.get("width_px", ""), digits_max=4)


def _within(width_px: int) -> int:
    return min(max(width_px, WIDTHS_PX[0]), WIDTHS_PX[1])


def _sample(kiosk: KioskContext) -> Slip:
    return sample_slip(
        language=kiosk.language,
        branch=kiosk.branch.plan.name(kiosk.language),
        kiosk=kiosk.device.name,
        address=kiosk.base_url,
        printed_at=kiosk.branch.plan.local(kiosk.services.clock.now()),
    )


routes: list[BaseRoute] = [
    Route(PAGE, set_up_page),
    Route(PAGE, save_set_up, methods=["POST"]),
]
