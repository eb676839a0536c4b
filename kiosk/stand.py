"""The kiosk that a request comes from: its device, its branch and what the person has chosen."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from kiosk.choices import Choices, choices_of
from lobby.branch import Actor, ActorKind, Branch
from lobby.web.devices import Device, DeviceKind, require_device, still_paired
from lobby.web.house import House, house_of
from lobby.web.staff import staff_of


@dataclass(frozen=True, slots=True)
class Kiosk:
    house: House
    device: Device
    branch: Branch
    choices: Choices
    actor: Actor
    still_allowed: Callable[[], bool]

    @property
    def mode(self) -> str:
        """The class of the page's body."""
        return "kiosk kiosk--large" if self.choices.is_large else "kiosk"


def kiosk_of(connection: HTTPConnection) -> Kiosk:
    """Leads a browser that is no kiosk of this house to pairing."""
    house = house_of(connection)
    device = require_device(connection, DeviceKind.KIOSK)
    branch = house.branches[device.branch_id]
    return Kiosk(
        house=house,
        device=device,
        branch=branch,
        choices=choices_of(connection, device, len(branch.plan.services)),
        actor=_actor(connection, device),
        still_allowed=still_paired(connection, DeviceKind.KIOSK),
    )


def _actor(connection: HTTPConnection, device: Device) -> Actor:
    """A person of the house who stands in for a kiosk acts under their own name."""
    staff = None if device.id else staff_of(connection)
    if staff is not None:
        return Actor(ActorKind.STAFF, str(staff.id))
    return Actor(ActorKind.DEVICE, str(device.id))
