"""What the command line and a server say to each other: one line each way, in JSON."""

from datetime import date, datetime

import msgspec

from lobby.accounts.commands import Command, Done
from lobby.accounts.importing import Imported, ImportPeople, NotImported
from lobby.store.kinds import DeviceKind

LINE_BYTES_MAX = 8 * 1024 * 1024
"""The longest command is a branch's file, of four megabytes, with its quotation marks escaped; a
list of ten thousand people has about three."""

ANSWER_WITHIN_S = 30.0
"""A password is hashed in a tenth of a second, and the database may take ten seconds to write."""


class PairDevice(msgspec.Struct, frozen=True, tag=True):
    branch_id: str
    kind: DeviceKind
    name: str
    language: str


class RebuildReports(msgspec.Struct, frozen=True, tag=True):
    """The roll-ups of the branch's next days after `after`; None begins with the first."""

    branch_id: str
    after: date | None = None


class Rebuilt(msgspec.Struct, frozen=True, tag=True):
    """So many days, up to `last`; None where there was none left."""

    days: int
    last: date | None = None


class ImportSetUp(msgspec.Struct, frozen=True, tag=True):
    """`text` is a branch's file. `day` None: the file's own, or today where that is over."""

    branch_id: str
    text: str
    day: date | None = None
    reason: str = ""


class SetUpImported(msgspec.Struct, frozen=True, tag=True):
    """So many values are others than before, from that day on."""

    valid_from: date
    values: int


class Code(msgspec.Struct, frozen=True, tag=True):
    """To be typed on the device until then, once."""

    code: str
    until: datetime


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Nothing was changed; the sentence says why."""

    sentence: str


class Unsure(msgspec.Struct, frozen=True, tag=True):
    """Something failed on the server's side, which says what in its log."""


Asked = Command | ImportPeople | PairDevice | RebuildReports | ImportSetUp
Answer = Done | Imported | NotImported | Code | Rebuilt | SetUpImported | Refused | Unsure

ASKED = msgspec.json.Decoder(Asked)
ANSWER = msgspec.json.Decoder(Answer)


def line_of(message: Asked | Answer) -> bytes:
    return msgspec.json.encode(message) + b"\n"
