"""The form of a kiosk's settings, read and checked; each mistake becomes a sentence."""

from typing import Any

from lobby import typed_text
from lobby.floor.devices.device_forms import UnclearError, read_language, read_name
from lobby.i18n.texts import mark
from lobby.printing.paper import Paper
from lobby.printing.printers import USUAL_PORT, is_host
from lobby.queueing.model.plan import Plan
from lobby.screens.kiosk_settings import MM_PER_PX, PrinterKind
from lobby.web.commands import FormFields

PORT_MAX = 65535


def read_form(form: FormFields, plan: Plan) -> tuple[str, str, dict[str, Any]]:
    """Name, language, and the settings as they are kept. Raises `UnclearError`."""
    name = read_name(form, mark("Please give the kiosk a name of up to 60 letters."))
    printer = next((k for k in PrinterKind if k == form.get("printer")), PrinterKind.NONE)
    kept = {
        "printer": printer.value,
        "printer_host": _host(form.get("host", ""), printer),
        "printer_port": _port(form.get("port", "")),
        "printer_paper": _paper(form.get("paper", "")),
        "printer_asks_status": form.get("asks_status") != "no",
        "prints_unasked": form.get("prints_unasked") != "no",
        "mm_per_px": _mm_per_px(form.get("mm_per_px", "")),
    }
    return name, read_language(form, plan), kept


def _host(text: str, printer: PrinterKind) -> str:
    """Empty only where no printer on the network is chosen."""
    host = typed_text.name(text)
    if not host and printer is PrinterKind.NETWORK:
        raise UnclearError(mark("Please enter the printer's address, such as 192.168.1.40."))
    if host and not is_host(host):
        raise UnclearError(
            mark("The printer's address is a name or an IP address, such as 192.168.1.40.")
        )
    return host


def _port(text: str) -> int:
    port = typed_text.whole_number(text, digits_max=5) if text.strip() else USUAL_PORT
    if port is None or not 1 <= port <= PORT_MAX:
        raise UnclearError(
            mark("The printer's port is a number from 1 to 65535; most printers use 9100.")
        )
    return port


def _paper(text: str) -> int:
    return next((p.value for p in Paper if str(p.value) == text), Paper.WIDE.value)


def _mm_per_px(text: str) -> float:
    """0 where nobody has measured: then a usual screen is assumed."""
    typed = typed_text.number(text) if text.strip() else 0.0
    if typed is None or (typed and not MM_PER_PX[0] <= typed <= MM_PER_PX[1]):
        raise UnclearError(
            mark("Millimetres per pixel are a number from 0.05 to 1, such as 0.248.")
        )
    return typed
