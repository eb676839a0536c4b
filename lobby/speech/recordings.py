"""The recordings of a language: which there are, and what each of them says."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lobby.settings import STATIC_FILES
from lobby.speech.phrases import Units, units

SOUNDS = STATIC_FILES / "sounds"
WORDS_FILE = "words.toml"
ENDING = ".opus"
LETTER = "letter-"


@dataclass(frozen=True, eq=False)
class Recordings:
    """`files` has the clips that are really there, `phrases` the name of each by what it says."""

    language: str
    files: Mapping[str, Path]
    phrases: Mapping[Units, str]

    def has_all(self, clips: tuple[str, ...]) -> bool:
        return all(clip in self.files for clip in clips)


@cache
def recordings(language: str) -> Recordings:
    """Those that lie with the static files: ours, or a bank's own under the same names."""
    return read_recordings(SOUNDS / language, language)


def read_recordings(folder: Path, language: str) -> Recordings:
    """A language that has no folder has no recordings, and that is no fault."""
    files = {path.stem: path for path in sorted(folder.glob(f"*{ENDING}"))}
    return Recordings(language, files, _phrases(read_words(folder), files, language))


def read_words(folder: Path) -> dict[str, str]:
    """What each clip says, by its name; a clip without words, as the chime, says nothing."""
    words = folder / WORDS_FILE
    return tomllib.loads(words.read_text(encoding="utf-8")) if words.is_file() else {}


def _phrases(
    words: Mapping[str, str], files: Mapping[str, Path], language: str
) -> dict[Units, str]:
    """Letters are left out: the article a is not the letter A. Of two clips that say the same,
    the first one listed is used."""
    phrases: dict[Units, str] = {}
    for clip, text in words.items():
        if clip in files and text and not clip.startswith(LETTER):
            phrases.setdefault(units(text, language), clip)
    return phrases
