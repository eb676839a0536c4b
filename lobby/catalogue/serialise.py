"""Serialises a catalogue as one text, so that the store keeps each version as one dated row."""

from typing import Any

import msgspec

from lobby.catalogue.mistakes import CatalogueError
from lobby.triage.catalogue import Catalogue


def to_json(catalogue: Catalogue) -> str:
    """The same catalogue gives the same text."""
    return msgspec.json.encode(catalogue, order="deterministic").decode()


def from_json(text: str) -> Catalogue:
    """Raises `CatalogueError` for a text that another version of Lobby wrote."""
    try:
        content = _with_weeks(msgspec.json.decode(text))
        return msgspec.json.decode(msgspec.json.encode(content), type=Catalogue)
    except msgspec.DecodeError as error:
        raise CatalogueError(f"The kept catalogue cannot be read: {error}.") from error


def _with_weeks(content: Any) -> Any:
    """Hours as they were kept before each weekday had its own: one span on five days, and one on
    two."""
    hours = content.get("hours") if isinstance(content, dict) else None
    if not isinstance(hours, dict):
        return content
    return {**content, "hours": {whose: _week(kept) for whose, kept in hours.items()}}


def _week(kept: Any) -> Any:
    if not isinstance(kept, dict) or "weekday" not in kept:
        return kept
    five, two = ([kept[key]] if kept[key] else [] for key in ("weekday", "weekend"))
    return {"days": [five] * 5 + [two] * 2}
