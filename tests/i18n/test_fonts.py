"""The Chinese face that ships for screens draws every character of our own texts."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHARACTERS = ROOT / "static" / "fonts" / "noto-sans-sc-characters.txt"
TEXTS = ("lobby/i18n/po/zh/*.po", "lobby/**/*.toml", "lobby/i18n/*.py")
CHINESE_FROM = 0x2E80


def test_it_draws_every_chinese_character_of_ours() -> None:
    drawn = set(CHARACTERS.read_text(encoding="utf-8"))
    files = [path for pattern in TEXTS for path in ROOT.glob(pattern)]
    written = {sign for path in files for sign in path.read_text(encoding="utf-8")}
    chinese = {sign for sign in written if ord(sign) >= CHINESE_FROM}
    assert len(chinese) > 500
    assert chinese - drawn == set()
