"""What a program did to the files of a folder, recorded by `disk_recorder.c` and read back."""

import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from tests.needs import find_compiler

SOURCE = Path(__file__).with_name("disk_recorder.c")
HEAD = struct.Struct("<4Q")


class NoCompilerError(Exception):
    """There is no C compiler here, so nothing can be recorded."""


class What(IntEnum):
    OPENED = 1
    WRITTEN = 2
    SYNCED = 3
    TRUNCATED = 4
    UNLINKED = 5
    RENAMED = 6
    ANSWERED = 7
    LINKED = 8


@dataclass(frozen=True, slots=True)
class Record:
    """`offset` is the length of what was truncated; `data` what was written or answered, or the
    path of what was opened or unlinked, or the new and the old one of what was renamed."""

    what: What
    inode: int
    offset: int
    data: bytes

    @property
    def name(self) -> str:
        """Of the file within its folder."""
        return Path(self.data.decode()).name

    @property
    def names(self) -> tuple[str, str]:
        """The new and the old one."""
        new, old = self.data.split(b"\0")
        return Path(new.decode()).name, Path(old.decode()).name


@dataclass(frozen=True, slots=True)
class Recorder:
    """`environ` makes a program record what it does to `folder`."""

    library: Path
    folder: Path
    record: Path

    @property
    def environ(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(self.library),
            "RECORD_FOLDER": str(self.folder),
            "RECORD_TO": str(self.record),
        }

    def records(self) -> list[Record]:
        return list(_records(self.record.read_bytes()))


def compile_recorder(into: Path) -> Path:
    """Raises `NoCompilerError`."""
    compiler = find_compiler()
    if compiler is None:
        raise NoCompilerError("A C compiler is needed to record what is written: install gcc.")
    library = into / "disk_recorder.so"
    options = ["-shared", "-fPIC", "-O2", "-o", str(library), str(SOURCE), "-ldl", "-lpthread"]
    subprocess.run([compiler, *options], check=True)
    return library


def _records(whole: bytes) -> Iterator[Record]:
    """The last one may be torn: its program was killed."""
    at = 0
    while at + HEAD.size <= len(whole):
        what, inode, offset, length = HEAD.unpack_from(whole, at)
        at += HEAD.size
        if at + length > len(whole):
            return
        yield Record(What(what), inode, offset, whole[at : at + length])
        at += length
