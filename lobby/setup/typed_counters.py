"""Labels of counters as people type them in one field: `3, 3-1、VIP 1`."""

import re
import unicodedata

COUNTERS_MAX = 60
"""Of one branch."""

BETWEEN = re.compile(r"[,;、\n]")


def labels_in(text: str) -> list[str]:
    """What stands between the signs, whether it can be a label or not."""
    plain = unicodedata.normalize("NFKC", text)
    return [part.strip() for part in BETWEEN.split(plain) if part.strip()]
