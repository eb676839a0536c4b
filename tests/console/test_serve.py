import re
import signal
import time
from pathlib import Path

from tests.app.process import Server, prepare


def test_it_says_where_it_serves_and_stops_when_told(tmp_path: Path) -> None:
    database = tmp_path / "lobby.db"
    prepare(database)
    with Server(database, is_fresh=True) as server:
        process = server.process
        assert process is not None
        process.send_signal(signal.SIGINT)
        for _ in range(1_000):
            if process.poll() is not None:
                break
            time.sleep(0.01)
        assert process.returncode == 0
    said = database.with_suffix(".out").read_text(encoding="utf-8")
    assert re.search(rf"Lobby serves Riverside Branch at http://127\.0\.0\.1:{server.port} ", said)
    assert "Traceback" not in said
