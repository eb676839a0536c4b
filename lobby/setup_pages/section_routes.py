"""The addresses of a branch's sections: each is looked at, and changed."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from lobby.setup_pages.acts import PAGE, change, show
from lobby.setup_pages.asking import asked_for
from lobby.setup_pages.holiday_routes import routes as holiday_routes
from lobby.setup_pages.section import Section
from lobby.setup_pages.sections import SECTIONS
from lobby.setup_pages.services.section import service_section
from lobby.web.commands import form_fields

Find = Callable[[Request], Section]


def _of(find: Find, path: str) -> list[BaseRoute]:
    async def section_page(request: Request) -> Response:
        asked = await asked_for(request, request.query_params.get("branch", ""))
        return await show(asked, find(request))

    async def change_section(request: Request) -> Response:
        form = await form_fields(request)
        asked = await asked_for(request, form.get("branch", ""))
        return await change(asked, find(request), form)

    return [
        Route(f"{PAGE}/{path}", section_page, methods=["GET"]),
        Route(f"{PAGE}/{path}", change_section, methods=["POST"]),
    ]


def _fixed(section: Section) -> Find:
    return lambda _request: section


routes: list[BaseRoute] = [
    *holiday_routes,
    *(route for section in SECTIONS for route in _of(_fixed(section), section.path)),
    *_of(lambda request: service_section(request.path_params["code"]), "services/{code}"),
]
