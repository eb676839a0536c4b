"""`lobby replay`: a house of its own, a recorded day played through it, and what came of it."""

import asyncio
import json
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import Progress
from starlette.applications import Starlette

from lobby.clock import FrozenClock
from lobby.console import replay_rules
from lobby.console.errors import CommandError, one_sentence
from lobby.console.replay_setup import free_port, set_up_replay
from lobby.console.replay_table import as_json, table_of
from lobby.console.server import HouseServer, listening_socket
from lobby.console.signals import orderly_end
from lobby.main import build
from lobby.queueing.model.plan import Plan
from lobby.replay.branch import plan_of
from lobby.replay.browser import NoAnswerError, RefusedError
from lobby.replay.comparing import Comparison, compare
from lobby.replay.play import Play, Played
from lobby.replay.recording import RecordingError, read_day
from lobby.replay.script import Script, script_of
from lobby.settings import Settings
from lobby.waits.service import WaitService
from lobby.web import logs

HOST = "127.0.0.1"
SESSION_HOURS = 168.0
"""At the pace of that day a replay lasts longer than a sign-in usually does."""

OPENS_WITHIN_S = 30.0
CLOSES_WITHIN_S = 30.0
TROUBLES_SHOWN = 5
STOPPED = 143


def run(options: Namespace) -> int:
    replay_rules.check(options)
    return _replay(options) if options.rule is None else replay_rules.run(options)


def _replay(options: Namespace) -> int:
    with one_sentence(RecordingError):
        day = read_day(options.log, options.date, options.first)
        script = script_of(day)
        plan = plan_of(script)
    began_s = time.monotonic()
    with orderly_end(STOPPED), TemporaryDirectory(prefix="lobby-replay-") as folder:
        played = _play(script, plan, Path(folder) / "replay.db", options)
    comparison = compare(day, played)
    _tell(options, comparison, played, time.monotonic() - began_s)
    return 0 if comparison.is_faithful else 1


def _play(script: Script, plan: Plan, database: Path, options: Namespace) -> Played:
    midnight = datetime.combine(options.date, datetime.min.time(), plan.time_zone)
    clock = FrozenClock(midnight)
    port = free_port(HOST)
    keys = set_up_replay(database, plan, script, HOST, port)
    settings = Settings(
        database=database, host=HOST, port=port, session_hours=SESSION_HOURS, log_level="error"
    )
    logs.configure(settings)
    app = build(settings, clock)
    waits: WaitService = app.state.services.waits
    with _serving(app, settings), _bar(script, shown=not options.json) as progress:
        play = Play(
            script,
            keys,
            lambda second: clock.move_to(midnight + timedelta(seconds=second)),
            speed=options.speed,
            progress=progress.advance_by,
            settle=waits.settle_from_outside,
        )
        return _run(play, options)


def _run(play: Play, options: Namespace) -> Played:
    try:
        return asyncio.run(play.run(options.date))
    except (RefusedError, NoAnswerError) as error:
        raise CommandError(f"The day could not be played: {error}") from error


@contextmanager
def _serving(app: Starlette, settings: Settings) -> Iterator[None]:
    """The real server in a thread of its own, so that both sides share the clock."""
    opened = threading.Event()
    server = HouseServer(app, settings, opened.set)
    listening = listening_socket(settings.host, settings.port, "another try")
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        if not opened.wait(OPENS_WITHIN_S):
            raise CommandError("The server of the replay did not start.")
        yield
    finally:
        server.should_exit = True
        thread.join(CLOSES_WITHIN_S)


class _Bar:
    def __init__(self, progress: Progress, acts: int) -> None:
        self._progress = progress
        self._task = progress.add_task("Playing the day", total=acts)

    def advance_by(self, acts: int) -> None:
        self._progress.advance(self._task, acts)


@contextmanager
def _bar(script: Script, *, shown: bool) -> Iterator[_Bar]:
    with Progress(console=Console(stderr=True), disable=not shown) as progress:
        yield _Bar(progress, script.acts)


def _tell(options: Namespace, comparison: Comparison, played: Played, took_s: float) -> None:
    for trouble in played.troubles[:TROUBLES_SHOWN]:
        print(f"lobby replay: {trouble}", file=sys.stderr)
    if options.json:
        print(json.dumps(as_json(comparison, options.date, took_s)))
    else:
        Console().print(table_of(comparison, options.date, took_s))
