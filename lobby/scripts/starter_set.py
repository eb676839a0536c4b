"""The scripts that a branch begins with, until it writes its own."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from lobby.scripts.format import tidy
from lobby.scripts.situations import Situation

SOURCE = Path(__file__).with_suffix(".toml")


@cache
def start_set() -> Mapping[Situation, Mapping[str, str]]:
    """By situation the text in every language. Raises where the packaged file is not whole: a
    situation without words would be noticed only when somebody needs them."""
    written = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return {
        situation: {language: tidy(text) for language, text in written[situation].items()}
        for situation in Situation
    }
