"""What a machine can check about the tree is a test, not a remark in a review."""

import ast
import hashlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("lobby", "kiosk", "display", "counter")
FOLDERS = {*PACKAGES, "static", "tests", ".ci", ".github"}
TOP_FILES = {
    *("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
    *("Dockerfile", "compose.yaml", ".gitignore", ".dockerignore"),
}
MOST_LINES = 300
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
WRITTEN_BY_US = {".py", ".html", ".txt", ".css", ".js", ".mjs"}
LOCK_FILES = {"uv.lock", "package-lock.json", "pylock.toml"}

# Both are put together from parts, or this file would be the first to break its own rules.
HOMES = "|".join(("work", "farm", "root", "home", "Users"))
A_DEVELOPERS_PATH = re.compile(rf"(?:^|[^\w.])/(?:{HOMES})/", re.MULTILINE)
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        *(("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com")),
        *(("yarnpkg", "com"), ("unpkg", "com"), ("jsdelivr", "net"), ("proxy", "golang")),
        *(("deb", "debian", "org"), ("docker", "io"), ("ghcr", "io"), ("quay", "io")),
    )
)


def tracked() -> list[Path]:
    """The files in git that still lie in the folder, relative to it."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return [Path(name) for name in listing.split("\0") if name and (ROOT / name).is_file()]


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def ours() -> list[Path]:
    """Every file written by hand here, vendored ones apart."""
    found = [*modules(), *(ROOT / "tests").rglob("*.py")]
    for folder in (*PACKAGES, "static"):
        found += [path for path in (ROOT / folder).rglob("*") if path.suffix in WRITTEN_BY_US]
    return sorted({path for path in found if path.parent not in VENDORED})


def templates() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.html"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(path: Path) -> str | None:
    """None for what is not text: a font, a picture, a sound."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


VENDORED = (ROOT / "static" / "vendor", ROOT / "static" / "fonts")


def test_it_keeps_to_the_layout() -> None:
    strays = [
        str(path)
        for path in tracked()
        if path.parts[0] not in (FOLDERS if len(path.parts) > 1 else TOP_FILES)
    ]
    assert strays == []


def test_it_keeps_no_lock_file() -> None:
    assert [str(path) for path in tracked() if path.name in LOCK_FILES] == []


def test_it_leaves_every_init_empty() -> None:
    inits = [path for path in modules() if path.name == "__init__.py"]
    assert inits
    assert [named(path) for path in inits if path.read_bytes()] == []


def test_it_opens_every_module_with_a_sentence() -> None:
    silent = []
    for path in modules():
        source = path.read_text(encoding="utf-8")
        if source and not (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]:
            silent.append(named(path))
    assert silent == []


def test_it_keeps_every_file_short() -> None:
    long = {}
    for path in ours():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES:
            long[named(path)] = lines
    assert long == {}


def test_it_names_modules_for_what_they_hold() -> None:
    parts = {(part, named(path)) for path in ours() for part in (path.stem, path.parent.name)}
    assert sorted(file for part, file in parts if part in VAGUE_NAMES) == []


def test_it_fences_every_part_of_the_heart() -> None:
    """A module that no layer names could import, and be imported, as it pleases."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = " ".join(next(c["layers"] for c in contracts if c["type"] == "layers"))
    fenced = set(re.findall(r"lobby\.(\w+)", layers))
    parts = {path.stem for path in (ROOT / "lobby").glob("*.py")} | {
        path.parent.name for path in (ROOT / "lobby").glob("*/__init__.py")
    }
    assert parts - {"__init__"} - fenced == set()


def test_it_names_no_path_of_a_developers_machine() -> None:
    found = []
    for path in tracked():
        found += [f"{path}: {hit}" for hit in A_DEVELOPERS_PATH.findall(text_of(path) or "")]
    assert found == []


def test_it_names_no_registry() -> None:
    found = []
    for path in tracked():
        text = text_of(path) or ""
        found += [f"{path}: {host}" for host in REGISTRIES if host in text]
    assert found == []


@pytest.mark.parametrize("folder", ["vendor", "fonts"])
def test_it_keeps_what_others_made_exactly_as_released(folder: str) -> None:
    here = ROOT / "static" / folder
    noted = dict(
        re.findall(
            r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$",
            (here / "README.md").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    )
    lying = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in here.iterdir()
        if path.suffix in {".js", ".woff2"}
    }
    assert noted == lying


def test_it_is_tried_and_tested_in_one_command_each() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert "pip install uv && uv run lobby demo" in readme
    assert "pip install uv && uv run pytest" in readme
    assert "pip install uv && uv run pytest " in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_it_documents_every_setting() -> None:
    files = sorted((ROOT / "lobby").glob("*settings.py"))
    settings = "".join(file.read_text(encoding="utf-8") for file in files)
    names = set(re.findall(r"LOBBY_[A-Z][A-Z_]*[A-Z]", settings))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(LOBBY_[A-Z_]+)`", readme, re.MULTILINE))
    assert names, "settings are read from the environment by name"
    assert documented == names


FORBIDDEN_MARKUP = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE),
    "a handler attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "something from another host": re.compile(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//"),
}


def test_it_writes_templates_that_a_strict_browser_accepts() -> None:
    """The content security policy would silently drop what is listed here."""
    found = [
        f"{named(path)}: {what}"
        for path in templates()
        for what, pattern in FORBIDDEN_MARKUP.items()
        if pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "markup"),
    [
        ("a style attribute", '<p class="a"\n style="color: red">'),
        ("a style element", "<style>p {}</style>"),
        ("a script in the page", '<script type="module">start()</script>'),
        ("a handler attribute", '<button onclick="go()">'),
        ("a javascript address", '<a href="javascript:go()">'),
        ("something from another host", '<img src="//elsewhere.example/a.png">'),
    ],
)
def test_it_would_notice_what_the_browser_drops(what: str, markup: str) -> None:
    assert FORBIDDEN_MARKUP[what].search(markup)
    assert not FORBIDDEN_MARKUP[what].search('<script src="/static/a.js" type="module"></script>')
