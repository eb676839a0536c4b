"""Notices to the hall: why it takes longer, in two taps; own words after a look at them."""

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from lobby import typed_text
from lobby.branch import Outcome
from lobby.floor.notices.views import notices_part
from lobby.floor.notices.words import ICONS, KINDS, MINUTES, REASONS, USUAL_MINUTES
from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.request import TabletRequest
from lobby.floor.tablet.routing import Act, PartOf, View, act_routes, live_routes, view_routes
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark
from lobby.queueing.commands.floor import PostNotice, WithdrawNotice
from lobby.queueing.model.limits import NOTICE_LENGTH_MAX
from lobby.queueing.model.notices import NOTICE_REASONS, NoticeKind

PAGE = "/floor/notices"
NO_WORDS = mark("Please write at least one sentence.")


async def notices_view(tablet: TabletRequest) -> Response:
    now = tablet.now
    return tablet.page(
        "floor/notices/page.html",
        part=notices_part(tablet),
        kinds=KINDS,
        icons=ICONS,
        reasons=NOTICE_REASONS,
        reason_words=REASONS,
        endings=[(minutes, now + timedelta(minutes=minutes)) for minutes in MINUTES],
        usual=_minutes(tablet.query("minutes", str(USUAL_MINUTES))),
        texts=_texts(tablet.connection.query_params),
        length_max=NOTICE_LENGTH_MAX,
    )


async def preview_view(tablet: TabletRequest) -> Response:
    """How one's own words will look, before anybody else sees them."""
    texts = _texts(tablet.connection.query_params)
    minutes = _minutes(tablet.query("minutes"))
    if not texts:
        raise HTTPException(400, NO_WORDS)
    return tablet.page(
        "floor/notices/preview.html",
        texts=texts,
        missing=[language for language in LANGUAGES if language not in texts],
        minutes=minutes,
        until=tablet.now + timedelta(minutes=minutes),
        change=f"{PAGE}?{urlencode({**texts, 'minutes': minutes})}#own",
    )


async def post_notice(act: TabletAct) -> Outcome:
    """Ready-made: the button says which kind and reason. Own words: the texts by language."""
    kind, reason = _kind_and_reason(act.text("notice"))
    texts = _texts(act.form) if kind is NoticeKind.CUSTOM else {}
    if kind is NoticeKind.CUSTOM and not texts:
        raise HTTPException(400, NO_WORDS)
    command = PostNotice(kind, reason, _minutes(act.text("minutes")), texts, by=act.me)
    return await act.perform(command)


async def withdraw_notice(act: TabletAct) -> Outcome:
    return await act.perform(WithdrawNotice(act.path("notice_id")))


def _kind_and_reason(text: str) -> tuple[NoticeKind, str]:
    word, _stroke, reason = text.partition("/")
    try:
        return NoticeKind(word), reason
    except ValueError:
        raise HTTPException(400) from None


def _texts(fields: Mapping[str, str]) -> dict[str, str]:
    """By language, those that say anything."""
    texts = {language: typed_text.words(fields.get(language, "")) for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text}


def _minutes(text: str) -> int:
    minutes = typed_text.whole_number(text, digits_max=3)
    if minutes not in MINUTES:
        raise HTTPException(400)
    return minutes


VIEWS: dict[str, View] = {PAGE: notices_view, f"{PAGE}/preview": preview_view}
ACTS: dict[str, Act] = {
    PAGE: Act(post_notice, PAGE),
    f"{PAGE}/{{notice_id:int}}/withdrawals": Act(withdraw_notice, PAGE),
}
LIVE: dict[str, PartOf] = {f"{PAGE}/live": notices_part}

routes: list[BaseRoute] = [*view_routes(VIEWS), *act_routes(ACTS), *live_routes(LIVE)]
