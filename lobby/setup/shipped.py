"""Fees of services that are shipped with the program: a price in them is nobody's, and would be
told to customers."""

from collections.abc import Iterable

from lobby.catalogue.file_tree import Tree

BY_TARIFF = {"en": "By our tariff", "zh": "按收费标准", "vi": "Theo biểu phí"}
"""What is said in place of a price until the bank has typed its own."""


def without_price(fee: Tree, profiles: Iterable[str]) -> Tree:
    """What costs nothing costs nothing in each of these countries; what has a price refers to the
    bank's own."""
    is_free = not any(fee["amounts"].values())
    notes = fee["notes"] if is_free else dict(BY_TARIFF)
    return {**fee, "amounts": dict.fromkeys(profiles, 0), "notes": notes}
