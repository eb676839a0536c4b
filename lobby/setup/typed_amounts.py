"""Amounts of money as people type them: `20,000` and `20.000` are twenty thousand."""

from lobby import typed_text

SIGNS = (",", ".")


def ungrouped(text: str) -> str:
    """Without the signs between thousands; `20,5` has none."""
    plain = typed_text.code(text)
    for sign in SIGNS:
        parts = plain.split(sign)
        is_grouped = len(parts) > 1 and all(len(part) == 3 for part in parts[1:])
        if is_grouped and 1 <= len(parts[0]) <= 3 and not parts[0].startswith("0"):
            return "".join(parts)
    return plain


def amount_in(text: str) -> float | None:
    """None where it is no amount; whole where it has nothing behind its point."""
    found = typed_text.number(ungrouped(text))
    return found if found is None or found != int(found) else int(found)


def as_typed(amount: float) -> str:
    """As a field shows it, so that it reads as the same amount: every digit, and no signs between
    thousands."""
    return str(int(amount)) if amount == int(amount) else repr(float(amount))
