"""The kiosk that a request comes from: its device, its branch and what the person has chosen."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from kiosk.session import KioskSession, kiosk_session
from lobby.branch import Actor, ActorKind, Branch
from lobby.screens.advice import catalogue_of
from lobby.triage.catalogue import Catalogue
from lobby.web.devices import Device, DeviceKind, require_device, still_paired
from lobby.web.services import Services, services_of
from lobby.web.staff import Role, staff_of


@dataclass(frozen=True, slots=True)
class KioskContext:
    services: Services
    device: Device
    branch: Branch
    choices: KioskSession
    actor: Actor
    still_allowed: Callable[[], bool]
    home: str = "/kiosk"
    """Where it goes after a customer: a tablet that stands in goes back to where it came from."""

    @property
    def is_stand_in(self) -> bool:
        return self.device.id == 0

    @property
    def catalogue(self) -> Catalogue | None:
        """None for a branch that gives tickets without questions."""
        return catalogue_of(self.services, self.branch)

    @property
    def place(self) -> str:
        """Where a colleague is asked to come."""
        return self.device.name

    @property
    def mode(self) -> str:
        """The classes of the page's body."""
        large = " kiosk--large" if self.choices.is_large else ""
        low = " kiosk--low" if self.choices.is_low else ""
        return f"kiosk{large}{low}"


def kiosk_context(connection: HTTPConnection) -> KioskContext:
    """Leads a browser that is no kiosk of this house to pairing."""
    services = services_of(connection)
    device = require_device(connection, DeviceKind.KIOSK)
    return KioskContext(
        services=services,
        device=device,
        branch=services.branches[device.branch_id],
        choices=kiosk_session(connection, device),
        actor=_actor(connection, device),
        still_allowed=still_paired(connection, DeviceKind.KIOSK),
        home=_home(connection, device),
    )


def _home(connection: HTTPConnection, device: Device) -> str:
    staff = None if device.id else staff_of(connection)
    if staff is None:
        return "/kiosk"
    return "/" if staff.role is Role.ADMINISTRATOR else "/floor"


def _actor(connection: HTTPConnection, device: Device) -> Actor:
    """A person of the house who stands in for a kiosk acts under their own name."""
    staff = None if device.id else staff_of(connection)
    if staff is not None:
        return Actor(ActorKind.STAFF, str(staff.id))
    return Actor(ActorKind.DEVICE, str(device.id))
