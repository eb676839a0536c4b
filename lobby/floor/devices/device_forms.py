"""What the settings of every kind of device have in common: the device, its name and language."""

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException

from lobby import typed_text
from lobby.floor.tablet.request import TabletRequest
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan
from lobby.web.commands import FormFields
from lobby.web.devices import (
    Device,
    DeviceEntry,
    DeviceKind,
    device_named,
    list_devices,
)
from lobby.web.pairing_codes import NAME_LETTERS_MAX

NAME_IN_USE = mark(
    "%(name)s is in the list already. Please give this one a name of its own. If that device has a "
    "new browser, press Show a code beside it."
)


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


async def entries_of(tablet: TabletRequest) -> list[DeviceEntry]:
    """The devices of this branch that were not taken away."""
    entries = await list_devices(tablet.services.sessions, tablet.branch.id)
    return [entry for entry in entries if entry.revoked_at is None]


async def entry_named(tablet: TabletRequest, kind: DeviceKind, name: str) -> DeviceEntry | None:
    """The device of this kind with this name, in capitals or not."""
    entries = await entries_of(tablet)
    same = (e for e in entries if e.device.kind is kind and is_same_name(e.device.name, name))
    return next(same, None)


async def check_own_name(tablet: TabletRequest, device: Device, name: str) -> None:
    """Cards and calls say where to go by this name. Raises `UnclearError`; a name that it has had
    all along is not asked about again."""
    entries = await entries_of(tablet)
    others = (e.device for e in entries if e.device.id != device.id)
    if name != device.name and any(
        other.kind is device.kind and is_same_name(other.name, name) for other in others
    ):
        raise UnclearError(NAME_IN_USE, name=name)


def is_same_name(name: str, other: str) -> bool:
    return typed_text.name(name).casefold() == typed_text.name(other).casefold()


def read_name(form: FormFields, without: str) -> str:
    """Raises `UnclearError` with the sentence `without` where it has none, or too long a one."""
    name = typed_text.name(form.get("name", ""))
    if not 1 <= len(name) <= NAME_LETTERS_MAX:
        raise UnclearError(without)
    return name


def read_language(form: FormFields, plan: Plan) -> str:
    language = form.get("device_language", "")
    return language if language in LANGUAGES else plan.language


def merged(device: Device, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody set by other ways stays."""
    return {**device.settings, **kept}
