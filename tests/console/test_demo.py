"""`lobby demo` as a person runs it: in a process of its own, ended with Ctrl-C."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.app.ports import free_port

ANSWERS_WITHIN_S = 60.0


def first_page(process: "subprocess.Popen[str]", port: int) -> str:
    deadline = time.monotonic() + ANSWERS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                return str(page.read().decode())
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.01)
    raise AssertionError(f"no first page; the demo ended with {process.poll()}")


def test_it_opens_says_where_and_leaves_nothing_behind(tmp_path: Path) -> None:
    port = free_port()
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "lobby", "demo", "--port", str(port), "--speed", "50"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        page = first_page(process, port)
        print(f"first page after {time.monotonic() - began:.2f} s")
        assert "sign-in" in page
        assert [path.name[:11] for path in tmp_path.iterdir()] == ["lobby-demo-"]
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    for place in ("/kiosk", "/display", "/counter", "/floor", "/reports/days/"):
        assert f"http://127.0.0.1:{port}{place}" in out
    for person in ("teller1", "teller3", "lobby", "head", "admin"):
        assert person in out
    assert re.search(r"password\s+[a-z0-9-]{19}\n", out)
    assert err == ""
    assert list(tmp_path.iterdir()) == []


def test_it_also_cleans_up_when_it_is_told_to_end(tmp_path: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "lobby", "demo", "--port", str(port)],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        first_page(process, port)
    finally:
        process.terminate()
        process.wait(30)
    assert process.returncode == 0
    assert list(tmp_path.iterdir()) == []
