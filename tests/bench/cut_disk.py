"""A disk that loses its power: what was synced is there, of all else some, none or torn pieces.

As with a journalling file system the names of files come back in the order in which they were made
and changed, up to some moment after the folder was last synced; what stands in a file and was not
synced is independent of that.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from tests.bench.disk_record import Record, What

SECTOR = 512
"""What a disk writes wholly or not at all."""

Names = dict[str, "File"]
Change = Callable[[Names], None]


@dataclass(slots=True)
class File:
    """`kept` is on the disk for good, `pending` what has been done to it since. The `inode` is
    known once the file has been opened."""

    inode: int | None = None
    kept: bytearray = field(default_factory=bytearray)
    pending: list[Record] = field(default_factory=list)

    def sync(self) -> None:
        for record in self.pending:
            _apply(self.kept, record)
        self.pending.clear()

    def after_cut(self, chance: random.Random, manner: "Manner") -> bytearray:
        content = bytearray(self.kept)
        for record in manner(chance, self.pending):
            _apply(content, record)
        return content


Manner = Callable[[random.Random, list[Record]], list[Record]]


def dropped(_chance: random.Random, _pending: list[Record]) -> list[Record]:
    return []


def kept(_chance: random.Random, pending: list[Record]) -> list[Record]:
    return pending


def some(chance: random.Random, pending: list[Record]) -> list[Record]:
    return [record for record in pending if chance.random() < 0.5]


def torn(chance: random.Random, pending: list[Record]) -> list[Record]:
    """Of each write some sectors."""
    pieces: list[Record] = []
    for record in pending:
        if record.what is not What.WRITTEN:
            pieces += [record] * (chance.random() < 0.5)
            continue
        for at in range(0, len(record.data), SECTOR):
            if chance.random() < 0.5:
                piece = record.data[at : at + SECTOR]
                pieces.append(Record(What.WRITTEN, record.inode, record.offset + at, piece))
    return pieces


def in_order(chance: random.Random, pending: list[Record]) -> list[Record]:
    """Up to some moment, and the last of it torn."""
    end = chance.randint(0, len(pending))
    return [*pending[: max(0, end - 1)], *torn(chance, pending[max(0, end - 1) : end])]


MANNERS: tuple[Manner, ...] = (dropped, kept, some, torn, in_order)


class CutDisk:
    """Records are played onto it one after the other; at any moment its power may go. `content` was
    there before anything was recorded, and for good."""

    def __init__(self, content: Mapping[str, bytes]) -> None:
        self._names: Names = {name: File(None, bytearray(data)) for name, data in content.items()}
        self._kept_names: Names = dict(self._names)
        self._changes: list[Change] = []
        self._files: dict[int, File] = {}
        self._folder: int | None = None

    def play(self, record: Record) -> None:
        match record.what:
            case What.OPENED if record.offset:
                self._folder = record.inode
            case What.OPENED:
                self._open(record.name, record.inode)
            case What.WRITTEN | What.TRUNCATED:
                self._files[record.inode].pending.append(record)
            case What.SYNCED if record.inode == self._folder:
                self._kept_names = dict(self._names)
                self._changes.clear()
            case What.SYNCED:
                self._files[record.inode].sync()
            case What.UNLINKED:
                self._change(partial(_unlink, record.name))
            case What.RENAMED:
                self._change(partial(_rename, *record.names))
            case What.LINKED:
                self._change(partial(_link, *record.names))
            case What.ANSWERED:
                pass

    def after_cut(self, chance: random.Random) -> dict[str, bytes]:
        """What is there when the power is back: the content of each file by its name."""
        names, manner = dict(self._kept_names), chance.choice(MANNERS)
        changes = len(self._changes)
        for change in self._changes[: chance.choice((changes, chance.randint(0, changes)))]:
            change(names)
        return {name: bytes(file.after_cut(chance, manner)) for name, file in names.items()}

    def _open(self, name: str, inode: int) -> None:
        file = self._names.get(name)
        if file is None or file.inode not in (None, inode):
            file = File()
            self._change(partial(_name, name, file))
        file.inode = inode
        self._files[inode] = file

    def _change(self, change: Change) -> None:
        self._changes.append(change)
        change(self._names)


def _name(name: str, file: File, names: Names) -> None:
    names[name] = file


def _unlink(name: str, names: Names) -> None:
    names.pop(name, None)


def _rename(new: str, old: str, names: Names) -> None:
    if old in names:
        names[new] = names.pop(old)


def _link(new: str, old: str, names: Names) -> None:
    if old in names:
        names[new] = names[old]


def _apply(content: bytearray, record: Record) -> None:
    if record.what is What.TRUNCATED:
        del content[record.offset :]
        content.extend(bytes(record.offset - len(content)))
        return
    if record.offset > len(content):
        content.extend(bytes(record.offset - len(content)))
    content[record.offset : record.offset + len(record.data)] = record.data
