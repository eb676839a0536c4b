"""A slip that tests a kiosk's printer: what became of it, in a sentence."""

import asyncio

from lobby.floor.tablet.request import TabletRequest
from lobby.i18n.texts import mark
from lobby.printing.printers import (
    Address,
    AddressError,
    Outcome,
    Result,
    Trouble,
    address_in,
)
from lobby.printing.sample_slip import sample_slip
from lobby.screens.kiosk_settings import PrinterKind, kiosk_settings
from lobby.store.devices import Device
from lobby.web import devices

LONGEST_S = 25.0
"""A printer that stalls at every step has answered by then, also behind the slip of a customer."""

NO_PRINTER, AT_KIOSK, LOW_PAPER = "no_printer", "at_kiosk", "low_paper"

FINDINGS = {
    Result.PRINTED.value: mark("The test slip has been printed."),
    LOW_PAPER: mark("The test slip has been printed. The paper is nearly used up."),
    Result.TAKEN.value: mark(
        "The test slip was sent. This printer does not report back: please look whether it printed."
    ),
    Result.UNKNOWN.value: mark(
        "The test slip was sent, but the printer did not confirm it. Please look whether it "
        "printed."
    ),
    Result.NOT_PRINTED.value: mark("The test slip was not printed. Please try again."),
    Trouble.OUT_OF_PAPER.value: mark("Not printed: the printer is out of paper."),
    Trouble.COVER_OPEN.value: mark("Not printed: the printer's cover is open."),
    Trouble.FAULT.value: mark("Not printed: the printer reports a fault."),
    Trouble.UNREACHABLE.value: mark(
        "Not printed: no answer from this address. Please check address, cable and power. If this "
        "printer cannot report its status, turn that off."
    ),
    Trouble.BUSY.value: mark("Not printed: other slips come first. Please try again in a minute."),
    NO_PRINTER: mark("No printer is chosen, so nothing was printed."),
    AT_KIOSK: mark(
        "This kiosk prints with its own browser. Touch any language on the kiosk now: its set-up "
        "page opens and prints a test slip."
    ),
}
"""What a person reads, by what an address says of it."""

GOOD = frozenset({Result.PRINTED.value, Result.TAKEN.value})


async def print_test_slip(tablet: TabletRequest, device: Device, base_url: str) -> str:
    """One of `FINDINGS`. `device` as it is kept now."""
    match kiosk_settings(device.settings).printer:
        case PrinterKind.NONE:
            return NO_PRINTER
        case PrinterKind.BROWSER:
            return AT_KIOSK
    address = address_in(device.settings)
    assert address is not None, "the form keeps no printer without an address"
    slip = sample_slip(
        language=device.language,
        branch=tablet.plan.name(device.language),
        kiosk=device.name,
        address=base_url,
        printed_at=tablet.plan.local(tablet.now),
    )
    job = tablet.services.printers.at(address).submit(slip, again=True)
    try:
        async with asyncio.timeout(LONGEST_S):
            return finding(await job.settled())
    except TimeoutError:
        return Result.UNKNOWN.value


def finding(outcome: Outcome) -> str:
    trouble = outcome.state.trouble
    if outcome.result is Result.NOT_PRINTED and trouble and trouble.value in FINDINGS:
        return trouble.value
    if outcome.result is Result.PRINTED and outcome.state.paper_low:
        return LOW_PAPER
    return outcome.result.value


async def let_go_of_unused(tablet: TabletRequest) -> None:
    """Printers that no kiosk of the house names any more are no longer asked how they are."""
    services = tablet.services
    named = set()
    for branch_id in services.branches:
        for entry in await devices.list_devices(services.sessions, branch_id):
            if entry.revoked_at is None:
                named.add(_address(entry.device))
    await services.printers.keep_only({address for address in named if address})


def _address(device: Device) -> Address | None:
    try:
        return address_in(device.settings)
    except AddressError:
        return None
