"""The hub: commit order, one painting for all, nobody starved, nothing to do for nobody."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

import pytest

from lobby.live.channels import Rendering, Urgency
from tests.live.client import Client
from tests.live.stage import Stage


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await scenario()

    asyncio.run(whole())


async def settle() -> None:
    """Long enough for everything that is due to be painted."""
    for _ in range(50):
        await asyncio.sleep(0)


def test_it_paints_once_for_all_sockets_of_a_channel_and_sends_them_the_same_bytes() -> None:
    async def scenario() -> None:
        stage = Stage()
        clients = [Client(stage.hub, stage.rendering()) for _ in range(100)]
        await settle()
        stage.move_on(calls=1)
        await settle()
        assert len(stage.views_painted) == 2
        assert len({id(client.batches[-1].wire) for client in clients}) == 1

    run(scenario)


def test_it_paints_only_the_newest_of_many_changes() -> None:
    async def scenario() -> None:
        stage = Stage()
        client = Client(stage.hub, stage.rendering())
        await settle()
        client.take()
        for _ in range(500):
            stage.move_on()
        await settle()
        assert client.numbers() == ["500"]
        assert len(stage.views_painted) == 2

    run(scenario)


def test_it_sends_nothing_when_the_view_is_the_same() -> None:
    async def scenario() -> None:
        stage = Stage()
        rendering = Rendering(
            "same",
            "demo",
            Urgency.DISPLAY,
            look=lambda: (stage.version, {"number": "same"}),
            paint=lambda _region, view: str(view),
        )
        client = Client(stage.hub, rendering)
        await settle()
        assert len(client.take("regions")) == 1
        stage.move_on()
        await settle()
        assert client.take("regions") == []
        channel = client.session.channel
        assert channel.picture.version == 0, "a hello names the version that the screens have"

    run(scenario)


def test_it_never_shows_an_older_version_after_a_newer_one() -> None:
    async def scenario() -> None:
        stage = Stage()
        seen: list[int] = []
        client = Client(stage.hub, stage.rendering())
        for _ in range(200):
            stage.move_on()
            await asyncio.sleep(0)
            seen += [int(number) for number in client.numbers()]
        await settle()
        seen += [int(number) for number in client.numbers()]
        assert all(earlier < later for earlier, later in pairwise(seen))
        assert seen[-1] == 200

    run(scenario)


def test_it_gives_who_comes_later_the_picture_at_once() -> None:
    async def scenario() -> None:
        stage = Stage()
        stage.version = 7
        Client(stage.hub, stage.rendering())
        await settle()
        assert Client(stage.hub, stage.rendering()).numbers() == ["7"]

    run(scenario)


def test_it_delivers_every_call_of_one_commit_in_order() -> None:
    async def scenario() -> None:
        stage = Stage()
        client = Client(stage.hub, stage.rendering())
        await settle()
        client.take()
        stage.move_on(calls=2)
        stage.move_on(calls=1)
        await settle()
        frames = client.take()
        assert [frame["frame"] for frame in frames] == ["regions", "call", "call", "call"]
        assert [frame["id"] for frame in frames[1:]] == ["demo-1-0", "demo-1-1", "demo-2-0"]

    run(scenario)


@pytest.mark.parametrize(("lives_s", "calls"), [(30, 1), (-1, 0)])
def test_it_tells_who_was_away_only_the_calls_that_still_matter(lives_s: float, calls: int) -> None:
    async def scenario() -> None:
        stage = Stage()
        stage.move_on(calls=1, lives_s=lives_s)
        client = Client(stage.hub, stage.rendering())
        await settle()
        assert len(client.calls()) == calls
        assert len(Client(stage.hub, stage.rendering()).calls()) == calls

    run(scenario)


def test_it_leaves_other_branches_alone() -> None:
    async def scenario() -> None:
        stage = Stage()
        looked: list[int] = []

        def look() -> tuple[int, dict[str, Any]]:
            looked.append(1)
            return 0, {}

        elsewhere = Rendering("other/display", "other", Urgency.DISPLAY, look, lambda *_: "")
        Client(stage.hub, elsewhere)
        await settle()
        stage.move_on(calls=1)
        await settle()
        assert len(looked) == 1

    run(scenario)


def test_it_does_nothing_when_nobody_listens() -> None:
    async def scenario() -> None:
        stage = Stage()
        before = asyncio.all_tasks()
        for _ in range(10_000):
            stage.move_on(calls=1)
        clients = [Client(stage.hub, stage.rendering()) for _ in range(3)]
        await settle()
        assert len(asyncio.all_tasks() - before) <= 4, "none for each socket"
        for client in clients:
            client.session.left()
            client.session.left()
        await settle()
        assert asyncio.all_tasks() == before
        assert len(stage.views_painted) == 1
        assert not +stage.hub.tally.sockets_open

    run(scenario)


def test_it_silences_a_screen_that_cannot_be_painted_and_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scenario() -> None:
        stage = Stage()

        def broken(_region: str, _view: Any) -> str:
            raise ZeroDivisionError

        broken_one = Rendering(
            "broken", "demo", Urgency.DISPLAY, look=lambda: (1, {"number": 1}), paint=broken
        )
        client, healthy = Client(stage.hub, broken_one), Client(stage.hub, stage.rendering())
        await settle()
        assert client.session.channel.hello("build-1") is None
        assert healthy.numbers() == ["0"]
        assert stage.hub.tally.paint_failures == 1

    with caplog.at_level(logging.ERROR):
        run(scenario)
    assert "channel broken cannot be painted" in caplog.text


def test_it_looks_again_because_minutes_pass() -> None:
    async def scenario() -> None:
        stage = Stage()
        minutes = iter(range(100))
        rendering = Rendering(
            "clock",
            "demo",
            Urgency.DISPLAY,
            look=lambda: (3, {"number": next(minutes)}),
            paint=lambda _region, minute: f"<b>{minute}</b>",
        )
        client = Client(stage.hub, rendering)
        await settle()
        assert client.numbers() == ["0"]
        await asyncio.sleep(0.6)
        assert client.numbers() == ["1"]

    run(scenario)


def test_it_says_hello_to_all_and_asks_whether_they_may_still_look() -> None:
    async def scenario() -> None:
        stage = Stage()
        clients = [Client(stage.hub, stage.rendering()) for _ in range(25)]
        await settle()
        for client in clients:
            client.take()
        clients[7].is_allowed = False
        stage.move_on()
        await asyncio.sleep(0.5)
        for client in clients[:7] + clients[8:]:
            assert all(hello["version"] == 1 for hello in client.take("hello")[-1:])
            assert client.closed is None
        assert clients[7].closed == (1008, "revoked")

    run(scenario)


def test_it_sends_newcomers_away_once_it_is_closed() -> None:
    async def scenario() -> None:
        stage = Stage()
        await stage.hub.close()
        client = Client(stage.hub, stage.rendering())
        assert [frame["reason"] for frame in client.take()] == ["restart"]
        assert client.closed == (1012, "restart")

    run(scenario)
