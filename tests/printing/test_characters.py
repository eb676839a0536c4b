"""Every character that a bank of ours writes is really drawn, and what is not shows as a box."""

import hashlib
import re
import tomllib
from importlib.resources import files

import pytest
from structlog.testing import capture_logs

from lobby.i18n.languages import LANGUAGES
from lobby.printing.characters import BOX, KNOWN, printable
from lobby.printing.slip import Slip
from lobby.printing.typeface import FILES, FONTS, typeface, width_of
from tests.printing.slips import SLIPS

VIETNAMESE = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
NOT_IN_ANY_FONT = "\uffff"
WEIGHTS = pytest.mark.parametrize("bold", FILES, ids=["regular", "bold"])


def drawn(character: str, bold: bool) -> bytes:
    mask = typeface(32, bold).getmask(character, mode="1")
    return bytes((mask.size[0] % 256, mask.size[1] % 256)) + bytes(mask)


def words_of(slip: Slip) -> str:
    texts = (slip.branch, slip.service, slip.wait, slip.machine, slip.back_to_counter, slip.fee)
    return "".join(filter(None, (*texts, *slip.documents, slip.fairness, slip.complaint_phone)))


def catalogue() -> str:
    text = files("lobby.catalogue").joinpath("demo.toml").read_text(encoding="utf-8")
    branch = tomllib.loads(text)
    named = [branch["branch"], *branch["services"]]
    return "".join(entry["names"][language] for entry in named for language in LANGUAGES)


@WEIGHTS
def test_it_draws_every_character_it_says_it_knows(bold: bool) -> None:
    missing = drawn(NOT_IN_ANY_FONT, bold)
    spaces = {" ", "\u00a0", "\u3000"}
    visible = [chr(code) for code in KNOWN if chr(code) not in spaces]
    assert [character for character in visible if drawn(character, bold) == missing] == []
    assert [character for character in visible if not any(drawn(character, bold)[2:])] == []


@pytest.mark.parametrize(
    "text",
    [
        "".join(map(words_of, SLIPS)),
        catalogue(),
        VIETNAMESE,
        "深圳莆田亳州濮阳漯河硚口浐灞甪直䢺阳",
    ],
    ids=["slips", "catalogue", "Vietnamese", "places"],
)
def test_it_knows_what_banks_here_write(text: str) -> None:
    assert printable(text) == text.strip()
    assert {character for character in text if ord(character) not in KNOWN} == set()


def test_it_shows_a_box_for_what_it_lacks_and_says_so_once() -> None:
    with capture_logs() as lines:
        assert printable("龘🂡 A 龘") == f"{BOX}{BOX} A {BOX}"
        assert printable("🂡") == BOX
    assert [line["character"] for line in lines] == ["U+9F98", "U+1F0A1"]


@pytest.mark.parametrize(
    ("given", "paper"),
    [
        ("A\x1b@\x10\x04\x01B\x00\x7f\x9bC", "A@BC"),
        ("one\r\n\ttwo", "one   two"),
        ("\u202e12\u200b3\ufeff", "123"),
        ("lone \ud800 half", "lone  half"),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("A\u200a012", "A 012"),
        ("027\u00a08555", "027\u00a08555"),
    ],
    ids=["controls", "lines", "directions", "surrogate", "composed", "hair space", "kept together"],
)
def test_it_lets_only_letters_onto_paper(given: str, paper: str) -> None:
    assert printable(given) == paper


@WEIGHTS
def test_it_measures_as_it_draws(bold: bool) -> None:
    for text in ("Transfer, To Vietnam", "Quý khách vui lòng", "您前面还有 5 位客户"):
        assert width_of(text, 32, bold) == pytest.approx(typeface(32, bold).getlength(text))


def test_it_ships_the_fonts_that_its_notes_describe() -> None:
    notes = (FONTS / "README.md").read_text(encoding="utf-8")
    noted = dict(re.findall(r"^\| `([^`]+\.otf)` .*`([0-9a-f]{64})` \|$", notes, re.MULTILINE))
    shipped = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.otf")
    }
    assert noted == shipped
    assert len(shipped) == len(FILES)
