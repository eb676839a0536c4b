"""What every value of the core is: frozen, compared by its fields, made and copied in no time.

A day makes these by the million, and each event copies a hall and a ticket: a struct of msgspec is
made in a tenth of the time of a frozen dataclass. What is configured once a day (the plan and its
rules) stays a dataclass. Copies are made with `msgspec.structs.replace`.
"""

import msgspec


class Value(msgspec.Struct, frozen=True, gc=False):
    """Values are built from finished values, so that they never form a cycle: there is nothing in
    them for the garbage collector to look for."""
