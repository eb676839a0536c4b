"""One request of a display, read once: all that its page and its socket have to agree on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from weakref import WeakKeyDictionary

from starlette.requests import HTTPConnection

from display.announcements import LARGE_MODES, Zone, counter_id_of
from display.speaker_election import SpeakerElection
from lobby.branch import Branch
from lobby.live.changes import Announcement, Change
from lobby.live.hub import Hub
from lobby.queueing.model.call_modes import CallMode
from lobby.screens.display_settings import DisplaySettings, digest, display_settings
from lobby.screens.opening import gives_tickets, is_open, next_opening
from lobby.waits.announced import Announced
from lobby.web.devices import Device, DeviceKind, require_device, still_paired
from lobby.web.identity import identity_of
from lobby.web.pages import language_of
from lobby.web.services import Services, services_of

_ELECTIONS: WeakKeyDictionary[Hub, SpeakerElection] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Voice:
    """For the page's script: the settings that it has to be drawn for, and which pages of its
    room may sound, the one that speaks first."""

    settings: str
    ready: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisplayInputs:
    """What a display shows besides its hall, for the moment at which it is asked."""

    language: str
    settings: DisplaySettings
    zone: Zone
    announced: Callable[[], Announced]
    is_open: Callable[[datetime], bool]
    gives_tickets: Callable[[datetime], bool]
    opens_later: Callable[[datetime], str]
    voice: Callable[[], Voice]


@dataclass(frozen=True, slots=True)
class DisplayContext:
    services: Services
    device: Device
    branch: Branch
    language: str
    settings: DisplaySettings
    zone: Zone

    @property
    def digest(self) -> str:
        return digest(self.device.settings, self.device.language)

    @property
    def election(self) -> SpeakerElection:
        return _ELECTIONS.setdefault(self.services.hub, SpeakerElection())

    @property
    def inputs(self) -> DisplayInputs:
        return DisplayInputs(
            language=self.language,
            settings=self.settings,
            zone=self.zone,
            announced=partial(self.services.waits.announced, self.branch.id),
            is_open=lambda now: is_open(self.services, self.branch, now),
            gives_tickets=lambda now: gives_tickets(self.services, self.branch, now),
            opens_later=self._opens_later,
            voice=partial(self._voice, self.digest),
        )

    @contextmanager
    def candidate(self, seat: str) -> Iterator[None]:
        """While an open page that is set to speak may be the one that does."""
        room, is_paired = self.settings.heard_in, self.device.id != 0
        with self.election.candidate(seat, self.branch.id, room, self.zone, is_paired=is_paired):
            yield
        self.redraw_all()

    def call_here(self, call: Announcement) -> Announcement | None:
        """The call as this display shows it, and as its room hears it; None if neither."""
        plan, room = self.branch.plan, self.settings.heard_in
        counter = counter_id_of(plan, call)
        is_here = self.zone.holds(counter, call.service)
        is_heard = self.election.speaks_of(self.branch.id, room, counter, call.service)
        unwanted = set() if is_here else LARGE_MODES
        unwanted |= set() if is_heard else {CallMode.VOICE}
        modes = tuple(mode for mode in call.modes if mode not in unwanted)
        return replace(call, modes=modes) if modes else None

    def redraw_all(self) -> None:
        """Nothing happened in the branch, but its displays look again: another one speaks now."""
        self.services.hub.publish(Change(self.branch.id, self.branch.hall.version))

    def _voice(self, digest: str) -> Voice:
        return Voice(digest, self.election.ready(self.branch.id, self.settings.heard_in))

    def _opens_later(self, now: datetime) -> str:
        """The time at which the branch opens, if that is still to come today."""
        opens = next_opening(self.services, self.branch, now)
        is_today = opens is not None and opens.date() == self.branch.plan.business_day(now)
        return f"{opens:%H:%M}" if opens is not None and is_today else ""


def display_context(connection: HTTPConnection) -> DisplayContext:
    services = services_of(connection)
    device = require_device(connection, DeviceKind.DISPLAY)
    branch = services.branches[device.branch_id]
    settings = display_settings(device.settings)
    return DisplayContext(
        services=services,
        device=device,
        branch=branch,
        language=language_of(connection, device.language),
        settings=settings,
        zone=Zone.of(settings, branch.plan),
    )


def still_the_same(connection: HTTPConnection, display: DisplayContext) -> Callable[[], bool]:
    """A display whose settings changed comes in again, and is drawn anew."""
    sessions, identity = display.services.sessions, identity_of(connection)
    is_paired = still_paired(connection, DeviceKind.DISPLAY)
    if identity.device is None or display.device.id == 0:
        return is_paired
    return lambda: is_paired() and sessions.still_device(identity) == display.device
