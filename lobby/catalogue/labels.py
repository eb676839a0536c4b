"""Names that machines and people share: ids, codes of services, pools, labels of counters."""

import re
from hashlib import blake2b

from lobby import typed_text
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


LABEL_MAX = 8
"""Characters: a wall shows it in its largest type, a slip of 58 mm beside the word counter."""
COUNTER_LABELS = (
    f'numbers, or texts of at most {LABEL_MAX} letters and digits, such as [1, "VIP 2"]'
)
BETWEEN = frozenset(" -./")
"""Signs that may stand within a label, which begins and ends with a letter or a digit."""


def counter_label_of(found: object) -> str | None:
    """As it is shown and spoken; None for what is no label."""
    if isinstance(found, bool) or not isinstance(found, int | str):
        return None
    label = typed_text.name(str(found)) if isinstance(found, str) or 0 < found < 1000 else ""
    signs = {*label} - BETWEEN
    is_right = 0 < len(label) <= LABEL_MAX and all(sign.isalnum() for sign in signs)
    return label if is_right and label[0].isalnum() and label[-1].isalnum() else None


def counter_id(label: str) -> str:
    """It stands in addresses and in the log: the label itself, where it may, and always the same
    for the same label."""
    is_plain = label.isascii() and label.isalnum()
    return label if is_plain else f"c-{blake2b(label.encode(), digest_size=6).hexdigest()}"
