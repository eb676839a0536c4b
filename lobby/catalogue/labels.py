"""Names that machines and people share: ids of branches and machines, codes of services, pools."""

import re

from lobby.catalogue.entries import Entry

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
"""It stands in addresses and in names of files, and is typed at a command line."""
POOL_MAX = 40


def read_id(entry: Entry, key: str) -> str:
    """Letters without accents, digits, and `-`, `_` or `.` between them."""
    found = entry.text(key)
    if found and not ID.fullmatch(found):
        allowed = "1 to 40 letters from A to Z or a to z, digits, -, _ or ., without blanks"
        entry.takes(key, found, allowed)
    return found


def read_pool(entry: Entry) -> str:
    return entry.text("pool", POOL_MAX)
