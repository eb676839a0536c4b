"""The disk of simulated power cuts: kind to what was synced, and to nothing else."""

import random

import pytest

from tests.bench.cut_disk import SECTOR, CutDisk
from tests.bench.disk_record import Record, What

FOLDER, FILE, OTHER = 1, 2, 3
CUTS = 200


def opened(name: str, inode: int) -> Record:
    return Record(What.OPENED, inode, 0, f"/disk/{name}".encode())


def written(inode: int, data: bytes, offset: int = 0) -> Record:
    return Record(What.WRITTEN, inode, offset, data)


def synced(inode: int) -> Record:
    return Record(What.SYNCED, inode, 0, b"")


def renamed(new: str, old: str) -> Record:
    return Record(What.RENAMED, 0, 0, f"/disk/{new}\0/disk/{old}".encode())


FOLDER_OPENED = Record(What.OPENED, FOLDER, 1, b"/disk")


def after(*records: Record) -> list[dict[str, bytes]]:
    """What may be left of a folder in which `a` stood."""
    disk, chance = CutDisk({"a": b"old"}), random.Random(1)
    for record in (FOLDER_OPENED, *records):
        disk.play(record)
    return [disk.after_cut(chance) for _ in range(CUTS)]


def test_what_was_synced_is_there() -> None:
    left = after(opened("a", FILE), written(FILE, b"new"), synced(FILE))
    assert all(files == {"a": b"new"} for files in left)


def test_what_was_not_synced_may_be_there_or_not() -> None:
    left = after(opened("a", FILE), written(FILE, b"new"))
    assert {files["a"] for files in left} == {b"old", b"new"}


def test_a_sector_is_written_wholly_or_not_at_all_and_sectors_one_by_one() -> None:
    data = b"1" * SECTOR + b"2" * SECTOR
    left = after(
        opened("a", FILE), written(FILE, bytes(2 * SECTOR)), synced(FILE), written(FILE, data)
    )
    halves = {(files["a"][:SECTOR], files["a"][SECTOR:]) for files in left}
    none, one, two = bytes(SECTOR), b"1" * SECTOR, b"2" * SECTOR
    assert halves == {(none, none), (one, none), (none, two), (one, two)}


@pytest.mark.parametrize("folder_is_synced", [True, False])
def test_a_new_name_stays_only_where_the_folder_was_synced(folder_is_synced: bool) -> None:
    records = [opened("b", OTHER), written(OTHER, b"b"), synced(OTHER), renamed("a", "b")]
    left = after(*records, *([synced(FOLDER)] if folder_is_synced else []))
    found = {files["a"] for files in left}
    assert found == ({b"b"} if folder_is_synced else {b"b", b"old"})


def test_names_come_back_in_the_order_in_which_they_were_changed() -> None:
    left = after(renamed("b", "a"), renamed("c", "b"))
    assert {tuple(files) for files in left} == {("a",), ("b",), ("c",)}
