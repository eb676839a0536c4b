"""Notices to the hall: why it takes longer, in two taps; own words after a look at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from lobby.floor.notices.words import ICONS, KINDS, MINUTES, REASONS, USUAL_MINUTES
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest, floor_staff_request, live_socket
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark
from lobby.queueing.commands.floor import PostNotice, WithdrawNotice
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import NOTICE_LENGTH_MAX
from lobby.queueing.model.notices import NOTICE_REASONS, NoticeKind, notices_now
from lobby.screens.notices import notice_text
from lobby.web.commands import command_response, form_fields, idempotency_key, perform

PAGE = "/floor/notices"
NO_WORDS = mark("Please write at least one sentence.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice that hangs now, in the words of whoever reads the tablet."""

    id: int
    kind: NoticeKind
    text: str
    until: datetime
    by: str


def part(tablet: TabletRequest, _connection: HTTPConnection | None = None) -> LivePart:
    def present(hall: Hall, now: datetime) -> tuple[Shown, ...]:
        return tuple(
            Shown(
                notice.id,
                notice.kind,
                notice_text(notice, tablet.language),
                notice.until,
                tablet.name_of(notice.by),
            )
            for notice in notices_now(hall.notices, now)
        )

    words = {"kinds": KINDS, "icons": ICONS}
    regions = {"notices": "floor/notices/_notices.html"}
    return LivePart("notices", f"{PAGE}/live", regions, present, words)


async def page(request: Request) -> Response:
    tablet = await floor_staff_request(request)
    now = tablet.services.clock.now()
    return tablet.page(
        request,
        "floor/notices/page.html",
        part=part(tablet),
        kinds=KINDS,
        icons=ICONS,
        reasons=NOTICE_REASONS,
        reason_words=REASONS,
        endings=[(minutes, now + timedelta(minutes=minutes)) for minutes in MINUTES],
        usual=_minutes(request.query_params.get("minutes", str(USUAL_MINUTES))),
        texts=_texts(request.query_params),
        length_max=NOTICE_LENGTH_MAX,
    )


async def preview(request: Request) -> Response:
    """How one's own words will look, before anybody else sees them."""
    tablet = await floor_staff_request(request)
    texts = _texts(request.query_params)
    minutes = _minutes(request.query_params.get("minutes", ""))
    if not texts:
        raise HTTPException(400, NO_WORDS)
    return tablet.page(
        request,
        "floor/notices/preview.html",
        texts=texts,
        missing=[language for language in LANGUAGES if language not in texts],
        minutes=minutes,
        until=tablet.services.clock.now() + timedelta(minutes=minutes),
        change=f"{PAGE}?{urlencode({**texts, 'minutes': minutes})}#own",
    )


async def post(request: Request) -> Response:
    """Ready-made: the button says which kind and reason. Own words: the texts by language."""
    tablet, form = await floor_staff_request(request), await form_fields(request)
    kind, reason = _kind_and_reason(form.get("notice", ""))
    texts = _texts(form) if kind is NoticeKind.CUSTOM else {}
    if kind is NoticeKind.CUSTOM and not texts:
        raise HTTPException(400, NO_WORDS)
    command = PostNotice(kind, reason, _minutes(form.get("minutes", "")), texts, by=tablet.me)
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, PAGE)


async def withdraw(request: Request) -> Response:
    tablet, form = await floor_staff_request(request), await form_fields(request)
    command = WithdrawNotice(request.path_params["notice_id"])
    await perform(tablet.branch, command, tablet.actor, idempotency_key(request, form))
    return command_response(request, PAGE)


def _kind_and_reason(text: str) -> tuple[NoticeKind, str]:
    word, _stroke, reason = text.partition("/")
    try:
        return NoticeKind(word), reason
    except ValueError:
        raise HTTPException(400) from None


def _texts(form: Mapping[str, str]) -> dict[str, str]:
    """By language, those that say anything."""
    texts = {language: " ".join(form.get(language, "").split()) for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text}


def _minutes(text: str) -> int:
    if text not in map(str, MINUTES):
        raise HTTPException(400)
    return int(text)


routes: list[BaseRoute] = [
    Route(PAGE, page),
    WebSocketRoute(f"{PAGE}/live", live_socket(part)),
    Route(f"{PAGE}/preview", preview),
    Route(PAGE, post, methods=["POST"]),
    Route(f"{PAGE}/{{notice_id:int}}/withdrawals", withdraw, methods=["POST"]),
]
