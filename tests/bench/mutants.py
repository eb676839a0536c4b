"""Plant faults one by one in a copy of the code, and count those that the tests catch."""

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.bench.figures import report
from tests.bench.mutant_list import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]
AT_ONCE = 2
"""As many as a small machine has processors."""

TESTS_PASSED, TESTS_FAILED = 0, 1
"""How pytest ends; anything else is neither, such as a test file that is not there."""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", action="append", default=[], help="part of a name; repeatable")


async def run(arguments: argparse.Namespace) -> None:
    chosen = [each for each in MUTANTS if _is_chosen(each, arguments.only)]
    if not chosen:
        raise SystemExit("no mutant has such a name")
    _check_texts(chosen)
    with tempfile.TemporaryDirectory() as folder:
        copies: asyncio.Queue[Path] = asyncio.Queue()
        for ordinal in range(AT_ONCE):
            copies.put_nowait(_copied(Path(folder) / str(ordinal)))
        await _control(copies, chosen)
        caught = await asyncio.gather(*(_is_caught(each, copies) for each in chosen))
    missed = [each.name for each, found in zip(chosen, caught, strict=True) if not found]
    rows = {"planted": len(chosen), "caught": sum(caught), "missed": len(missed), "names": missed}
    report("Planted faults", rows, arguments.json)


def _is_chosen(mutant: Mutant, parts: list[str]) -> bool:
    return not parts or any(part in mutant.name for part in parts)


def _check_texts(mutants: Iterable[Mutant]) -> None:
    """A fault that cannot be planted is no fault that was caught."""
    for each in mutants:
        found = (ROOT / each.file).read_text().count(each.old)
        if found != 1:
            raise SystemExit(f"{each.name}: its text occurs {found} times in {each.file}, not once")


def _copied(copy: Path) -> Path:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy / name)
    return copy


async def _control(copies: asyncio.Queue[Path], mutants: Iterable[Mutant]) -> None:
    """The same tests pass without a fault, and on the code of the copy."""
    copy = await copies.get()
    where = await _python(copy, "-c", "import lobby; print(lobby.__file__)")
    if where != (TESTS_PASSED, str(copy / "lobby/__init__.py")):
        raise SystemExit(f"control: failed, the code comes from elsewhere: {where[1]}")
    tests = dict.fromkeys(test for each in mutants for test in each.tests)
    code, output = await _tests(copy, tuple(tests))
    if code != TESTS_PASSED:
        raise SystemExit(f"{output}\ncontrol: failed")
    print("control: passed", flush=True)
    copies.put_nowait(copy)


async def _is_caught(mutant: Mutant, copies: asyncio.Queue[Path]) -> bool:
    copy = await copies.get()
    file = copy / mutant.file
    sound = file.read_text()
    file.write_text(sound.replace(mutant.old, mutant.new))
    code, output = await _tests(copy, mutant.tests)
    file.write_text(sound)
    copies.put_nowait(copy)
    if code not in (TESTS_PASSED, TESTS_FAILED):
        raise SystemExit(f"{output}\n{mutant.name}: the tests did not run")
    print(f"{'caught' if code == TESTS_FAILED else 'MISSED'}  {mutant.name}", flush=True)
    return code == TESTS_FAILED


async def _tests(copy: Path, tests: tuple[str, ...]) -> tuple[int | None, str]:
    quiet = ("-q", "-x", "-n", "0", "-p", "no:cacheprovider", "--import-mode=importlib")
    return await _python(copy, "-m", "pytest", *quiet, *tests)


async def _python(copy: Path, *arguments: str) -> tuple[int | None, str]:
    """Without compiled files: one of before the fault could be taken for the fault's."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode, output.decode().strip()
