"""What kiosk, wall, counter's sign and pairing load is written with what Chromium 87 knows."""

import re
from urllib.parse import urljoin

import pytest

from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp

TOO_YOUNG = {
    "css": {
        r"@layer": 99,
        r"@container|container-type|\dcq[whib]": 105,
        r":has\(": 105,
        r":is\(|:where\(": 88,
        r":not\([^()]*,": 88,
        r"color-mix\(": 111,
        r"aspect-ratio:": 88,
        r"\d[dsl]v[hw]\b": 108,
        r"overflow(-\w)?: clip": 90,
        r"^\s*(translate|rotate|scale):": 104,
        r"@media[^{]*[<>]": 104,
        r"@property|@scope|@starting-style": 118,
        r":user-(in)?valid|:popover-open|:modal": 105,
        r"layer\(": 99,
    },
    "js": {
        r"AbortSignal\.(timeout|any)": 103,
        r"structuredClone": 98,
        r"\.at\(": 92,
        r"Object\.(hasOwn|groupBy)": 93,
        r"crypto\.randomUUID": 92,
        r"\.(findLast|findLastIndex|toSorted|toReversed|toSpliced)\(": 97,
        r"static \{": 94,
        r"^(const \w+ = )?await ": 89,
        r"checkVisibility": 105,
        r"URL\.canParse": 120,
        r"\.inert\b": 102,
        r"showPopover|togglePopover": 114,
        r"Promise\.withResolvers": 119,
        r"#\w+ in \w": 91,
        r"scheduler\.|userAgentData": 90,
    },
}
"""What came later than Chromium 87, by the release that it came with."""

FALLBACKS = {
    ("plain.css", "  min-height: 100dvh;"): "`min-height: 100vh` stands before it",
    (
        "gate.css",
        ".gate--start .gate__main:has(.start__choice:only-child) { place-content: center; }",
    ): ("the start page is for staff, and without it one choice stands at the left"),
    ("acts.js", "/** `AbortSignal.timeout`, which older browsers do not have. */"): "a comment",
    ("keys.js", "/** Works on plain HTTP too, where crypto.randomUUID is absent. */"): "a comment",
}

PAGES = ("/kiosk", "/display", "/display?sign", "/pair")
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js)|/kiosk/scale\.css)"')
IMPORTED = re.compile(r'(?:import|from)\s+"(\.[^"]+\.js)"|@import url\("([^"]+)"\)')


@pytest.fixture
def sheets_and_scripts(door: LocalApp) -> dict[str, str]:
    """All that these pages load, by name, with what each of it loads in turn."""
    screens = {
        "/kiosk": door.paired(DeviceKind.KIOSK),
        "/display": door.paired(DeviceKind.DISPLAY),
        "/display?sign": door.paired(DeviceKind.DISPLAY, layout="counter", counter="1"),
        "/pair": door.stranger(),
    }
    wanted = {
        address
        for path, screen in screens.items()
        for address in LINKED.findall(screen.get(path.split("?")[0]).text)
    }
    texts: dict[str, str] = {}
    kiosk = screens["/kiosk"]
    while wanted:
        address = wanted.pop()
        texts[address] = kiosk.get(address).text
        found = (one or other for one, other in IMPORTED.findall(texts[address]))
        wanted |= {urljoin(address, each) for each in found} - texts.keys()
    return {address.rpartition("/")[2]: text for address, text in texts.items()}


def test_it_finds_what_these_screens_load(sheets_and_scripts: dict[str, str]) -> None:
    loaded = {"kiosk.css", "display.css", "display-sign.css", "gate.css", "plain.css", "live.js"}
    assert sheets_and_scripts.keys() >= loaded | {"display-frame.js", "idiomorph.esm.js"}
    assert "base.css" not in sheets_and_scripts, "its layers are for staff's browsers"


def test_they_load_nothing_that_came_after_chromium_87(
    sheets_and_scripts: dict[str, str],
) -> None:
    found = [
        (name, line.strip())
        for name, text in sheets_and_scripts.items()
        for line in text.splitlines()
        if (name, line) not in FALLBACKS
        for pattern in TOO_YOUNG[name.rpartition(".")[2]]
        if re.search(pattern, line)
    ]
    assert found == []


def nested(sheet: str) -> list[str]:
    """Rules within a rule, which browsers read from Chromium 120 on."""
    found: list[str] = []
    open_rules: list[str] = []
    for line in re.sub(r"/\*.*?\*/", "", sheet, flags=re.S).splitlines():
        for part in re.findall(r"[^{}]*[{}]?", line):
            if part.endswith("{"):
                head = part[:-1].strip()
                if any(not rule.startswith("@") for rule in open_rules):
                    found.append(head)
                open_rules.append(head)
            elif part.endswith("}"):
                open_rules.pop()
    return found


def test_they_nest_no_rule_in_another(sheets_and_scripts: dict[str, str]) -> None:
    sheets = {name: text for name, text in sheets_and_scripts.items() if name.endswith(".css")}
    assert {name: nested(text) for name, text in sheets.items() if nested(text)} == {}
    assert nested(".a { .b { color: red; } }") == [".b"]


def test_it_keeps_no_excuse_for_a_line_that_is_gone(sheets_and_scripts: dict[str, str]) -> None:
    assert [
        (name, line) for name, line in FALLBACKS if line not in sheets_and_scripts[name].split("\n")
    ] == []
