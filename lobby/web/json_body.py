"""JSON as far as we are willing to read it: nothing that costs more than it says."""

from typing import Any

import msgspec

DEPTH_MAX = 20
"""Deeper than any form of ours; a hostile one nests until the parser falls over."""

INTEGER_MAX = 10**30
"""Beyond thirty digits a number is no longer a quantity but an attack on whoever prints it."""

decode = msgspec.json.Decoder().decode


def read_json(body: bytes) -> Any:
    """Raises `ValueError` with the reason. NaN, infinities, lone surrogates and bytes that are
    no UTF-8 are no JSON to begin with."""
    try:
        value = decode(body)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    _check(value, DEPTH_MAX)
    return value


def _check(value: Any, depth: int) -> None:
    match value:
        case dict() | list() if depth == 0:
            raise ValueError("nested too deeply")
        case dict():
            for item in value.values():
                _check(item, depth - 1)
        case list():
            for item in value:
                _check(item, depth - 1)
        case int() if abs(value) >= INTEGER_MAX:
            raise ValueError("a number has more than thirty digits")
