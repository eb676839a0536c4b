"""A hall in which one customer waits, one is at a machine, and both have a page of their own."""

from httpx2 import Response

from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.ticket import Ticket
from tests.app.app import LocalApp

WAITER, SLIP = "/t/secret-of-the-waiter", "/t/secret-of-the-slip"
LEAVE, MORE_TIME, SERVICE = "cancellations", "postponements", "service"
DONE, BACK, HELP = "machine-jobs", "returns", "help"


def fill(door: LocalApp) -> LocalApp:
    """A001 waits, speaks Vietnamese and has A002, A003 and A004 behind; S001 is at a machine."""
    door.perform(TakeTicket("A01", "vi", "secret-of-the-waiter"))
    door.perform(TakeTicket("A02", "en", "secret-of-the-slip", machine="crs-2"))
    for other in ("second", "third", "fourth"):
        door.perform(TakeTicket("A01", "en", f"secret-of-the-{other}"))
    return door


def waiter(door: LocalApp) -> Ticket:
    return door.riverside.hall.tickets["A001"]


def slip(door: LocalApp) -> Ticket:
    return door.riverside.hall.tickets["S001"]


def wish(door: LocalApp, page: str, act: str, **fields: str) -> Response:
    fields = {"service": "A04", **fields} if act == SERVICE else fields
    return door.stranger().post(f"{page}/{act}?language=en", **fields)


def words(door: LocalApp, page: str, language: str = "en") -> str:
    return door.stranger().get(f"{page}?language={language}").text
