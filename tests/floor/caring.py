"""What the tests of care share: a page as somebody reads it, and colleagues on lobby duty."""

import re
from html import unescape

from lobby.queueing.commands.floor import CallColleague, SetDuty
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.help import HelpKind
from tests.app.app import LocalApp

TAGS = re.compile(r"<[^>]+>")


def read(door: LocalApp, path: str, person: str = "lan") -> str:
    """The words of a page on one line."""
    answer = door.get(person, path)
    assert answer.status_code == 200, answer.text
    return words(answer.text)


def words(html: str) -> str:
    return re.sub(r"[ \n]+", " ", unescape(TAGS.sub(" ", html)))


def on_duty(door: LocalApp, person: str = "lan", state: DutyState = DutyState.ON_DUTY) -> None:
    door.perform(SetDuty(door.id_of(person), state))


def open_risk(door: LocalApp, number: str | None = None, note: str = "") -> int:
    door.perform(CallColleague(HelpKind.RISK, "Behind the plant", number, note))
    return door.hall.help_calls[-1].id
