"""`lobby serve` on an empty database, as a process: what it prints, keeps out of its log, and keeps
after it was killed."""

import re
from pathlib import Path

from httpx2 import Client

from lobby.settings import Database
from tests.app.process import Server
from tests.first_run.house import ADA, OFFER, branch_fields

INFO = {"LOBBY_LOG_LEVEL": "info"}


def said(server: Server) -> str:
    return server.output.read_text(encoding="utf-8")


def browser_of(server: Server) -> Client:
    here = f"http://127.0.0.1:{server.port}"
    return Client(base_url=here, headers={"Origin": here})


def set_up(browser: Client, code: str) -> None:
    assert browser.get(f"/first-run?code={code}").status_code == 303
    browser.post("/first-run/language", data={"language": "vi"})
    browser.post("/first-run/country", data={"country": "VN"})
    browser.post("/first-run/branch", data=branch_fields("VN"))
    browser.post("/first-run/offer", data=OFFER)
    done = browser.post("/first-run/account", data=ADA)
    assert done.headers["location"] == "/first-run/devices?opened=1"


def test_it_prints_one_address_and_goes_on_after_it_was_killed(database: Database) -> None:
    """Also on PostgreSQL, where the tables are there and no branch."""
    is_file = isinstance(database, Path)
    with Server(database, environ=INFO, is_fresh=is_file) as server, browser_of(server) as browser:
        told = said(server)
        (code,) = re.findall(rf"http://127\.0\.0\.1:{server.port}/first-run\?code=(\S+)", told)
        assert "no branch yet" in told
        assert told.count(code) == 2, "printed, and in the log"
        set_up(browser, code)
        assert browser.get(f"/first-run?code={code}").status_code == 410
        assert said(server).count(code) == 2, "no request brings it into the log"
        assert ADA["password"] not in said(server)
        server.kill()
        before = len(said(server))
        server.start()
        again = said(server)[before:]
        assert "Lobby serves Old Town at" in again and "code=" not in again
        assert browser.get("/people").status_code == 200
        assert browser.get("/readyz").status_code == 200
        assert browser.get(f"/first-run?code={code}").status_code == 410
    server.output.unlink()
