"""Every address of the lobby manager's tablet, one table."""

from starlette.routing import BaseRoute

from lobby.floor.care import escort_routes
from lobby.floor.care import routes as care
from lobby.floor.devices import display_routes, kiosk_routes, machine_routes
from lobby.floor.devices import routes as devices
from lobby.floor.diversion import routes as diversion
from lobby.floor.duty import routes as duty
from lobby.floor.help import call_routes
from lobby.floor.help import routes as help_calls
from lobby.floor.lending import routes as lending
from lobby.floor.lost_items import routes as lost_items
from lobby.floor.menu import routes as menu
from lobby.floor.notices import routes as notices
from lobby.floor.now import routes as now
from lobby.floor.risk import routes as risk
from lobby.floor.scripts import routes as scripts
from lobby.floor.staffing import routes as staffing
from lobby.floor.waiting import routes as waiting

routes: list[BaseRoute] = [
    *now.routes,
    *help_calls.routes,
    *waiting.routes,
    *duty.routes,
    *call_routes.routes,
    *machine_routes.routes,
    *diversion.routes,
    *care.routes,
    *escort_routes.routes,
    *lending.routes,
    *risk.routes,
    *scripts.routes,
    *lost_items.routes,
    *notices.routes,
    *devices.routes,
    *display_routes.routes,
    *kiosk_routes.routes,
    *staffing.routes,
    *menu.routes,
]
