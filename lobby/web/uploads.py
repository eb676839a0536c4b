"""Files that are sent from a page: which addresses take them, and how large they may be.

Every other address takes no more than a form. What is sent is read only once somebody is known who
may send it.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.web.commands import BadFieldsError, FormFields

Handler = Callable[[Request], Awaitable[Response]]

DISCARDED_BYTES_MAX = 64 * 1024 * 1024
"""Of a file that is too large so much is taken and thrown away: a browser that is cut off in the
middle shows no sentence."""

FIELDS_MAX = 40
MULTIPART = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Upload:
    """`content` is None where the file was too large, and empty where none was chosen."""

    fields: FormFields
    file_name: str
    content: bytes | None


def upload_paths(routes: Sequence[BaseRoute]) -> frozenset[str]:
    """The fixed paths whose handlers were marked by `takes_file`."""
    return frozenset(
        route.path
        for route in routes
        if isinstance(route, Route) and getattr(route.endpoint, "takes_file", False)
    )


def takes_file(handler: Handler) -> Handler:
    handler.takes_file = True  # type: ignore[attr-defined]
    return handler


async def upload_in(request: Request, bytes_max: int) -> Upload:
    """A form with at most one file; together no larger than `bytes_max`. Raises
    `BadFieldsError`."""
    if not request.headers.get("content-type", "").startswith(MULTIPART):
        raise BadFieldsError("the form is not of several parts")
    if _stated_length(request) > bytes_max:
        await _discard(request)
        return Upload(FormFields(), "", None)
    parser = MultiPartParser(
        request.headers,
        request.stream(),
        max_files=1,
        max_fields=FIELDS_MAX,
        max_part_size=bytes_max,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise BadFieldsError(error.message) from error
    try:
        return await _read(form)
    finally:
        await form.close()


async def _read(form: FormData) -> Upload:
    pairs = [(key, value) for key, value in form.multi_items() if isinstance(value, str)]
    files = [value for value in form.values() if isinstance(value, UploadFile)]
    content = await files[0].read() if files else b""
    return Upload(FormFields(pairs), (files[0].filename or "") if files else "", content)


def _stated_length(request: Request) -> int:
    """Every browser says how long it is."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise HTTPException(411)
    return int(length)


async def _discard(request: Request) -> None:
    try:
        async for _chunk in request.stream():
            pass
    except ClientDisconnect:
        return
