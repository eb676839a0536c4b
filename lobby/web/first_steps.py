"""Whether a branch that was set up in the browser still lacks a device or a person."""

from collections.abc import Iterable

from lobby.store.accounts import Account, accounts, is_made_in_first_run
from lobby.store.devices import DeviceEntry, DeviceKind, devices_of_branch
from lobby.store.store import Connection
from lobby.web.staff import Role

PAGE = "/first-run"
"""Where a house without a branch leads whoever comes."""

DEVICES = f"{PAGE}/devices"


def lacks_something(connection: Connection, branch_id: str) -> bool:
    """Of a branch that came from a file nobody is told."""
    if not is_made_in_first_run(connection, branch_id):
        return False
    entries, people = devices_of_branch(connection, branch_id), accounts(connection, branch_id)
    kinds = (DeviceKind.KIOSK, DeviceKind.DISPLAY)
    is_paired = all(any(e.is_paired for e in of_kind(entries, kind)) for kind in kinds)
    roles = (Role.TELLER, Role.LOBBY_MANAGER)
    return not (is_paired and all(has_signed_in(people, role) for role in roles))


def of_kind(entries: Iterable[DeviceEntry], kind: DeviceKind) -> list[DeviceEntry]:
    """Those that were not taken away."""
    return [e for e in entries if e.device.kind is kind and e.revoked_at is None]


def has_signed_in(people: Iterable[Account], role: Role) -> bool:
    """Somebody of this role has chosen a password of their own, which is done at a first
    sign-in."""
    return any(
        account.staff.role is role and not account.has_left and account.one_time_until is None
        for account in people
    )
