"""One socket's session: small whatever happens, the newest at once, every call once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest

from lobby.live.channels import MAX_CALLS
from tests.live.client import Client
from tests.live.stage import Stage


def run(scenario: Callable[[Stage, Client], Awaitable[None]]) -> None:
    async def whole() -> None:
        stage = Stage()
        client = Client(stage.hub, stage.rendering())
        await settle()
        await scenario(stage, client)
        client.session.left()

    asyncio.run(whole())


async def settle() -> None:
    """Long enough for everything that is due to be painted."""
    for _ in range(50):
        await asyncio.sleep(0)


def test_it_greets_then_shows_the_picture() -> None:
    async def scenario(_stage: Stage, client: Client) -> None:
        kinds = [frame["frame"] for frame in client.take("hello", "regions")]
        assert kinds == ["hello", "regions"]

    run(scenario)


def test_it_writes_the_screen_and_its_calls_at_once_the_screen_first() -> None:
    async def scenario(stage: Stage, client: Client) -> None:
        client.take()
        stage.move_on(calls=2)
        await settle()
        assert len(client.batches) == 1
        assert [frame["frame"] for frame in client.take()] == ["regions", "call", "call"]

    run(scenario)


def test_it_sends_nothing_to_who_does_not_keep_up_and_then_the_newest_of_all() -> None:
    async def scenario(stage: Stage, client: Client) -> None:
        client.take()
        client.is_ready = False
        for _ in range(100):
            stage.move_on(calls=1)
            await settle()
        assert client.batches == []
        client.catch_up()
        frames = client.take()
        assert frames[0]["regions"] == {"number": "<b>100</b>"}
        assert [frame["ticket"] for frame in frames[1:]] == [
            f"A{number:03}" for number in range(101 - MAX_CALLS, 101)
        ]

    run(scenario)


def test_it_lets_a_call_go_that_is_too_old_by_the_time_it_can_be_sent() -> None:
    async def scenario(stage: Stage, client: Client) -> None:
        client.take()
        client.is_ready = False
        stage.move_on(calls=1, lives_s=0.01)
        await settle()
        await asyncio.sleep(0.02)
        client.catch_up()
        assert [frame["frame"] for frame in client.take()] == ["regions"]

    run(scenario)


def test_it_tells_nobody_the_same_call_twice() -> None:
    async def scenario(stage: Stage, client: Client) -> None:
        stage.move_on(calls=1)
        late = Client(stage.hub, stage.rendering())
        await settle()
        client.catch_up()
        late.catch_up()
        assert client.calls() == ["demo-1-0"]
        assert late.calls() == ["demo-1-0"]
        late.session.left()

    run(scenario)


def test_it_greets_nobody_who_does_not_keep_up() -> None:
    async def scenario(_stage: Stage, client: Client) -> None:
        client.is_ready = False
        client.take()
        await asyncio.sleep(0.5)
        assert client.take("hello") == []

    run(scenario)


def test_it_cuts_who_takes_nothing_for_too_long_and_counts_it() -> None:
    async def scenario(stage: Stage, client: Client) -> None:
        stage.move_on()
        await settle()
        client.is_ready = False
        client.session.check(0.0)
        assert client.cuts == 0, "it has taken all that it was given so far"
        client.session._behind_since_s = -1.0
        client.session.check(1.0)
        assert client.cuts == 1
        assert stage.hub.tally.slow_sockets_cut == 1

    run(scenario)


def test_it_says_goodbye_once_and_nothing_after_it() -> None:
    async def scenario(stage: Stage, client: Client) -> None:
        client.take()
        client.is_allowed = False
        client.session.check(1.0)
        assert client.closed == (1008, "revoked")
        stage.move_on(calls=1)
        await stage.hub.close()
        assert [frame["reason"] for frame in client.take()] == ["revoked"]

    run(scenario)


def test_it_sends_away_who_cannot_be_asked_about(caplog: pytest.LogCaptureFixture) -> None:
    def nobody_knows() -> bool:
        raise LookupError

    async def scenario(_stage: Stage, client: Client) -> None:
        client.session._still_allowed = nobody_knows
        client.session.check(1.0)
        assert client.closed == (1008, "revoked")

    with caplog.at_level(logging.ERROR):
        run(scenario)
    assert "cannot be asked" in caplog.text


def test_it_shows_a_talkative_client_the_door() -> None:
    async def scenario(_stage: Stage, client: Client) -> None:
        for _ in range(19):
            client.session.heard()
        assert client.closed is None
        client.session.heard()
        assert client.closed == (1008, "too_talkative")

    run(scenario)
