"""What a cell of a spreadsheet may do: nothing. Formulas are neither read nor given out."""

from unicodedata import normalize

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def looks_like_formula(cell: str) -> bool:
    """Whether a spreadsheet would run it; some read signs of full width as the usual ones."""
    return normalize("NFKC", cell[:1]).startswith(FORMULA_STARTS)


def harmless(cell: object) -> object:
    """Text that a spreadsheet would run as a formula is marked as text."""
    if isinstance(cell, str) and looks_like_formula(cell):
        return f"'{cell}"
    return cell
