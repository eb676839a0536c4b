"""What the settings of every kind of device have in common: the device, its name and language."""

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException

from lobby import typed_text
from lobby.floor.tablet.request import TabletRequest
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import texts
from lobby.queueing.model.plan import Plan
from lobby.web.commands import FormFields
from lobby.web.devices import Device, DeviceKind, device_named

NAME_LENGTH_MAX = 60


class UnclearError(Exception):
    """What was typed cannot be used: the msgid of a sentence, and its blanks."""

    def __init__(self, sentence: str, **blanks: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.blanks = blanks

    def words(self, language: str) -> str:
        sentence = texts(language).gettext(self.sentence)
        return sentence % self.blanks if self.blanks else sentence


async def device_or_404(tablet: TabletRequest, kind: DeviceKind) -> Device:
    """The device of this kind and branch that the address names."""
    device_id = tablet.path("device_id")
    device = await device_named(tablet.services.sessions, tablet.branch.id, device_id)
    if device is None or device.kind is not kind:
        raise HTTPException(404)
    return device


def read_name(form: FormFields, without: str) -> str:
    """Raises `UnclearError` with the sentence `without` where it has none, or too long a one."""
    name = typed_text.name(form.get("name", ""))
    if not 1 <= len(name) <= NAME_LENGTH_MAX:
        raise UnclearError(without)
    return name


def read_language(form: FormFields, plan: Plan) -> str:
    language = form.get("device_language", "")
    return language if language in LANGUAGES else plan.language


def merged(device: Device, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody set by other ways stays."""
    return {**device.settings, **kept}
