"""The lobby manager's tablet over the web: one list of addresses for all its pages and acts."""

from starlette.routing import BaseRoute

from lobby.floor import (
    calling_help,
    care_routes,
    devices,
    display_settings,
    diversion_acts,
    duty,
    help_acts,
    machine_acts,
    more,
    now,
    sheet,
    tickets,
    waiting,
)

routes: list[BaseRoute] = [
    *now.routes,
    *help_acts.routes,
    *waiting.routes,
    *sheet.routes,
    *duty.routes,
    *calling_help.routes,
    *machine_acts.routes,
    *diversion_acts.routes,
    *care_routes.routes,
    *tickets.routes,
    *devices.routes,
    *display_settings.routes,
    *more.routes,
]
