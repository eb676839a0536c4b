"""Triage vectors: which give the expected advice, and where the others differ."""

import argparse
import json
from pathlib import Path

from lobby.catalogue.reading import DEMO, read_catalogue
from tests.triage.vectors import BESIDE, failures, read_vectors


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--vectors", type=Path, default=BESIDE, help="a JSON file of vectors")


async def run(arguments: argparse.Namespace) -> None:
    vectors = read_vectors(arguments.vectors)
    failed = failures(read_catalogue(DEMO), vectors)
    passed = len(vectors) - len(failed)
    print(f"{passed} passed, {len(failed)} failed")
    for failure in failed:
        print(f"  {failure['id']}: {failure['note']}")
        for key, both in failure["differences"].items():
            print(f"    {key}: expected {both['expected']!r}, found {both['found']!r}")
    if arguments.json:
        print(json.dumps({"passed": passed, "failed": len(failed), "differences": failed}))
