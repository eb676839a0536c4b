"""The hub: commit order, one painting for all, nobody starved, nothing to do for nobody."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import ExitStack
from itertools import pairwise
from typing import Any

import pytest

from lobby.live.channels import Channel, Rendering, Urgency
from lobby.live.outbox import Outbox
from lobby.live.render_queue import RenderQueue
from tests.live.stage import Stage


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await scenario()

    asyncio.run(whole())


async def settle() -> None:
    """Long enough for everything that is due to be painted."""
    for _ in range(50):
        await asyncio.sleep(0)


def numbers(texts: Iterable[str]) -> list[str]:
    return [text.split("<b>")[1].split("</b>")[0] for text in texts if "<b>" in text]


def test_it_paints_once_for_all_sockets_of_a_room_and_sends_them_the_same_text() -> None:
    async def scenario() -> None:
        stage = Stage()
        with ExitStack() as seats:
            outboxes = [seats.enter_context(stage.hub.joined(stage.scene()))[1] for _ in range(100)]
            await settle()
            texts = [outbox.take()[0] for outbox in outboxes]
        assert len(stage.views_painted) == 1
        assert len({id(text) for text in texts}) == 1

    run(scenario)


def test_it_paints_only_the_newest_of_many_changes() -> None:
    async def scenario() -> None:
        stage = Stage()
        with stage.hub.joined(stage.scene()) as (_, outbox):
            await settle()
            outbox.take()
            for _ in range(500):
                stage.move_on()
            await settle()
            assert numbers(outbox.take()) == ["500"]
        assert len(stage.views_painted) == 2

    run(scenario)


def test_it_sends_nothing_when_the_view_is_the_same() -> None:
    async def scenario() -> None:
        stage = Stage()
        scene = Rendering(
            "same", "demo", Urgency.FLOOR, look=lambda: (stage.version, "same"), paint=lambda _: {}
        )
        with stage.hub.joined(scene) as (room, outbox):
            await settle()
            assert len(outbox.take()) == 1
            stage.move_on()
            await settle()
            assert outbox.take() == []
            assert room.version == 0, "a hello names the version that the screens have"

    run(scenario)


def test_it_never_shows_an_older_version_after_a_newer_one() -> None:
    async def scenario() -> None:
        stage = Stage()
        seen: list[int] = []
        with stage.hub.joined(stage.scene()) as (_, outbox):
            for _ in range(200):
                stage.move_on()
                await asyncio.sleep(0)
                seen += [int(number) for number in numbers(outbox.take())]
            await settle()
            seen += [int(number) for number in numbers(outbox.take())]
        assert all(earlier < later for earlier, later in pairwise(seen))
        assert seen[-1] == 200

    run(scenario)


def test_it_gives_who_comes_later_the_picture_at_once() -> None:
    async def scenario() -> None:
        stage = Stage()
        stage.version = 7
        with stage.hub.joined(stage.scene()):
            await settle()
            with stage.hub.joined(stage.scene()) as (_, late):
                assert numbers(late.take()) == ["7"]

    run(scenario)


def test_it_delivers_every_call_of_one_commit_in_order() -> None:
    async def scenario() -> None:
        stage = Stage()
        with stage.hub.joined(stage.scene()) as (_, outbox):
            await settle()
            outbox.take()
            stage.move_on(calls=2)
            stage.move_on(calls=1)
            await settle()
            texts = outbox.take()
        assert numbers(texts[:1]) == ["2"]
        assert [text.split('"id":"')[1].split('"')[0] for text in texts[1:]] == [
            "demo-1-0",
            "demo-1-1",
            "demo-2-0",
        ]

    run(scenario)


@pytest.mark.parametrize(("lives_s", "calls"), [(30, 1), (-1, 0)])
def test_it_tells_who_was_away_only_the_calls_that_still_matter(lives_s: float, calls: int) -> None:
    async def scenario() -> None:
        stage = Stage()
        stage.move_on(calls=1, lives_s=lives_s)
        with stage.hub.joined(stage.scene()) as (_, outbox):
            await settle()
            assert sum('"frame":"call"' in text for text in outbox.take()) == calls

    run(scenario)


def test_it_leaves_other_branches_alone() -> None:
    async def scenario() -> None:
        stage = Stage()
        looked: list[int] = []

        def look() -> tuple[int, Any]:
            looked.append(1)
            return 0, None

        elsewhere = Rendering("other/display", "other", Urgency.DISPLAY, look, lambda _: {})
        with stage.hub.joined(elsewhere):
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
        with stage.hub.joined(stage.scene()):
            await settle()
            assert asyncio.all_tasks() > before
        await settle()
        assert asyncio.all_tasks() == before
        assert len(stage.views_painted) == 1
        assert not +stage.hub.sockets_open

    run(scenario)


def test_it_paints_the_urgent_first_but_starves_nobody() -> None:
    stage = Stage()
    turns = RenderQueue()
    phone = Channel(stage.scene("phone", Urgency.CUSTOMER))
    wall = Channel(stage.scene("wall", Urgency.DISPLAY))
    turns.add(phone, now_s=0.0)
    turns.add(wall, now_s=0.1)
    turns.add(wall, now_s=0.2)
    assert [turns.take(), turns.take(), turns.take()] == [wall, phone, None]
    turns.add(phone, now_s=1.0)
    turns.add(wall, now_s=3.1)
    assert turns.take() is phone, "it has waited longer than it has to"


def test_it_silences_a_screen_that_cannot_be_painted_and_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scenario() -> None:
        stage = Stage()

        def broken(_: Any) -> dict[str, str]:
            raise ZeroDivisionError

        scene = Rendering("broken", "demo", Urgency.DISPLAY, look=lambda: (1, 1), paint=broken)
        with stage.hub.joined(scene) as (room, _), stage.hub.joined(stage.scene()) as (_, healthy):
            await settle()
            assert room.heartbeat("build-1") is None
            assert numbers(healthy.take()) == ["0"]
        assert stage.hub.paint_failures == 1

    with caplog.at_level(logging.ERROR):
        run(scenario)
    assert "room broken cannot be painted" in caplog.text


def test_it_looks_again_because_minutes_pass() -> None:
    async def scenario() -> None:
        stage = Stage()
        minutes = iter(range(100))
        scene = Rendering(
            "clock",
            "demo",
            Urgency.DISPLAY,
            look=lambda: (3, next(minutes)),
            paint=lambda minute: {"clock": f"<b>{minute}</b>"},
        )
        with stage.hub.joined(scene) as (_, outbox):
            await settle()
            assert numbers(outbox.take()) == ["0"]
            await outbox.wait(patience_s=5)
            assert numbers(outbox.take()) == ["1"]

    run(scenario)


def test_it_sends_newcomers_away_once_it_is_closed() -> None:
    async def scenario() -> None:
        stage = Stage()
        await stage.hub.close()
        with stage.hub.joined(stage.scene()) as (_, outbox):
            assert isinstance(outbox, Outbox)
            assert outbox.goodbye is not None
            assert outbox.goodbye.reason == "restart"

    run(scenario)
