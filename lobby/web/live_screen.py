"""Binds a screen of a branch to the live hub: its first page, and the socket that keeps it true."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from lobby.branch import Branch
from lobby.live.changes import Announcement
from lobby.live.channels import Rendering
from lobby.live.hub import Hub
from lobby.live.session import serve_session
from lobby.queueing.model.hall import Hall
from lobby.web.origin import is_cross_site
from lobby.web.services import services_of
from lobby.web.websocket import StarletteSocket


@dataclass(frozen=True, slots=True)
class LiveScreen:
    """What one screen shows of a branch. Screens with the same `key` show exactly the same, so
    the key names the branch, the screen, whatever it is filtered by, and the language."""

    key: str
    urgency: int  # lobby.live.channels.Urgency
    branch: Branch
    present: Callable[[Hall, datetime], Any]  # to a frozen view; an equal view is not painted again
    paint: Callable[[Any], Mapping[str, str]]  # view to inner HTML by region id
    still_allowed: Callable[[], bool]  # asked every second, so it answers from memory
    announces: bool = False  # whether calls are sent beside the regions
    hears: Callable[[Announcement], Announcement | None] = lambda call: call
    """Each call as it is meant for this screen, or None; the key names what this depends on."""


def first_regions(screen: LiveScreen, now: datetime) -> dict[str, Markup]:
    """What the page carries when it is first opened: the same partials, with keys of its own."""
    view = screen.present(screen.branch.hall, now)
    return {region: fill_keys(Markup(html)) for region, html in screen.paint(view).items()}  # noqa: S704


async def serve(websocket: WebSocket, screen: LiveScreen) -> None:
    """The whole life of one screen's socket."""
    if _is_from_elsewhere(websocket):
        await websocket.close()  # before accept, so the answer is 403
        return
    hub = services_of(websocket).hub
    await websocket.accept()
    await serve_session(
        StarletteSocket(websocket), hub, rendering_of(screen, hub), screen.still_allowed
    )


def rendering_of(screen: LiveScreen, hub: Hub) -> Rendering:
    def look() -> tuple[int, Any]:
        hall = screen.branch.hall
        return hall.version, screen.present(hall, hub.now())

    return Rendering(
        key=screen.key,
        branch_id=screen.branch.id,
        urgency=screen.urgency,
        look=look,
        paint=screen.paint,
        announces=screen.announces,
        hears=screen.hears,
    )


def _is_from_elsewhere(connection: HTTPConnection) -> bool:
    public_url = services_of(connection).settings.public_url or ""
    return is_cross_site(dict(connection.headers.raw), urlsplit(public_url).netloc.encode())


_FRESH_KEY_FIELD = re.compile(r"<input\b[^>]*\bdata-fresh-key\b[^>]*>")
_VALUE = re.compile(r"""\svalue=(?:"[^"]*"|'[^']*')""")


def fill_keys(html: Markup) -> Markup:
    """Put a key of its own into every empty `data-fresh-key` field.

    A room's regions are painted once for everybody, so they carry empty keys. A page is for one
    person and works without a script, so its first regions carry real ones.
    """
    return Markup(_FRESH_KEY_FIELD.sub(_with_key, html))  # noqa: S704


def _with_key(field: re.Match[str]) -> str:
    tag = field[0]
    value = _VALUE.search(tag)
    if value and value[0][len(" value=") + 1 : -1]:
        return tag
    return _VALUE.sub("", tag).replace("<input", f'<input value="{secrets.token_urlsafe(18)}"', 1)
