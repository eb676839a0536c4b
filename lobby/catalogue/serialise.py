"""Serialises a catalogue as one text, so that the store keeps each version as one dated row."""

import msgspec

from lobby.catalogue.mistakes import CatalogueError
from lobby.triage.catalogue import Catalogue


def to_json(catalogue: Catalogue) -> str:
    """The same catalogue gives the same text."""
    return msgspec.json.encode(catalogue, order="deterministic").decode()


def from_json(text: str) -> Catalogue:
    """Raises `CatalogueError` for a text that another version of Lobby wrote."""
    try:
        return msgspec.json.decode(text, type=Catalogue)
    except msgspec.DecodeError as error:
        raise CatalogueError(f"The kept catalogue cannot be read: {error}.") from error
