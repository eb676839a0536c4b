"""All addresses for looking after people and their things, in one list for the tablet."""

from starlette.routing import BaseRoute

from lobby.floor import amenities, care, escorts, lost_items, notices, risk, scripts

routes: list[BaseRoute] = [
    *care.routes,
    *escorts.routes,
    *amenities.routes,
    *risk.routes,
    *scripts.routes,
    *lost_items.routes,
    *notices.routes,
]
