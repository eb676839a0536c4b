"""Builds the forecast's kernel with the package where a C compiler is at hand; goes on without it
where none is, or where it fails: then the forecast runs on numpy alone."""

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE, LIBRARY = "forward_kernel.c", "libforward_kernel.so"
FLAGS = ("-std=c99", "-O3", "-ffp-contract=off", "-fPIC", "-shared")
"""No contraction: a product and a sum are rounded as numpy rounds them."""

PATIENCE_S = 60


class KernelBuild(BuildHookInterface):  # type: ignore[misc]
    """Puts the library beside its source: in the tree for an editable install, and in a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        del version
        if _is_built(Path(self.root) / "lobby" / "forecast"):
            build_data["artifacts"].append(f"lobby/forecast/{LIBRARY}")
            build_data["pure_python"], build_data["infer_tag"] = False, True


def _is_built(folder: Path) -> bool:
    source, fresh = folder / SOURCE, folder / f"{LIBRARY}.{os.getpid()}"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    command = [os.environ.get("CC", "cc"), *FLAGS, f'-DSOURCE="{digest}"', "-o", str(fresh)]
    try:
        subprocess.run(
            [*command, str(source), "-lm"], check=True, capture_output=True, timeout=PATIENCE_S
        )
        fresh.replace(folder / LIBRARY)
    except (OSError, subprocess.SubprocessError):
        fresh.unlink(missing_ok=True)
        return False
    return True
