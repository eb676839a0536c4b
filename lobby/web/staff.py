"""People of the branch at a screen: who is signed in, and what that opens."""

from collections.abc import Callable
from urllib.parse import quote

from starlette.exceptions import HTTPException, WebSocketException
from starlette.requests import HTTPConnection
from starlette.status import WS_1008_POLICY_VIOLATION

from lobby.store.people import Role as Role
from lobby.store.people import Staff as Staff
from lobby.web.commands import wants_json
from lobby.web.identity import identity_of
from lobby.web.services import services_of

FIRST_PASSWORD = "/account/first-password"  # noqa: S105 - an address
"""Where somebody chooses a password of their own who came in by one that was drawn for them."""

SAFE_METHODS = frozenset({"GET", "HEAD"})


def staff_of(connection: HTTPConnection) -> Staff | None:
    return identity_of(connection).staff


async def require_staff(connection: HTTPConnection, *roles: Role) -> Staff:
    """The signed-in person. Leads to the sign-in page who is not; refuses (403) who has none of
    the roles. Without roles, anybody signed in may."""
    staff = staff_of(connection)
    if staff is None and identity_of(connection).newcomer is not None:
        raise go_first(connection, FIRST_PASSWORD)
    if staff is None:
        raise go_first(connection, "/sign-in")
    if roles and staff.role not in roles:
        raise HTTPException(403)
    return staff


def still_signed_in(connection: HTTPConnection) -> Callable[[], bool]:
    """For open sockets: whether the person still is who they were, and still signed in."""
    sessions, identity = services_of(connection).sessions, identity_of(connection)
    before = identity.staff

    def still_allowed() -> bool:
        staff = sessions.still_staff(identity)
        return staff is not None and before is not None and staff.role == before.role

    return still_allowed


def go_first(connection: HTTPConnection, place: str) -> Exception:
    """To be raised: a page leads to `place` and back again; an act is not repeated by itself,
    so it gets a sentence; a socket is not opened."""
    if connection.scope["type"] == "websocket":
        return WebSocketException(WS_1008_POLICY_VIOLATION)
    if connection.scope["method"] not in SAFE_METHODS or wants_json(connection):
        return HTTPException(401)
    here = connection.url.path + (f"?{connection.url.query}" if connection.url.query else "")
    return HTTPException(303, headers={"location": f"{place}?next={quote(here, safe='/')}"})
