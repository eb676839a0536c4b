"""Who is painted when: the urgent first, none too often, none never, who is called at once."""

import asyncio
from datetime import UTC, datetime

import pytest

from lobby.live.channels import Channel, Rendering, Urgency
from lobby.live.render_queue import LEAST_S, RenderQueue
from tests.live.client import Client
from tests.live.stage import Stage


def channel(urgency: Urgency, looked_at_s: float = float("-inf"), ticket: str = "") -> Channel:
    rendering = Rendering(
        f"{urgency}/{ticket}", "demo", urgency, lambda: (0, {}), lambda *_: "", ticket=ticket
    )
    made = Channel(rendering, lambda: datetime.now(UTC))
    made.looked_at_s = looked_at_s
    return made


def test_it_paints_the_urgent_first_but_starves_nobody() -> None:
    queue, phone, display = RenderQueue(), channel(Urgency.CUSTOMER), channel(Urgency.DISPLAY)
    queue.add(phone, now_s=0.0)
    queue.add(display, now_s=0.1)
    queue.add(display, now_s=0.2)
    assert [queue.take(0.2), queue.take(0.2), queue.take(0.2)] == [display, phone, None]
    queue.add(phone, now_s=1.0)
    queue.add(display, now_s=3.1)
    assert queue.take(3.1) is phone, "it has waited longer than it has to"


@pytest.mark.parametrize("urgency", [u for u in Urgency if LEAST_S[u]])
def test_it_lets_a_screen_rest_after_its_picture_and_then_shows_the_last_state(
    urgency: Urgency,
) -> None:
    queue, screen = RenderQueue(), channel(urgency, looked_at_s=10.0)
    rested_s = 10.0 + LEAST_S[urgency]
    queue.add(screen, now_s=10.01)
    queue.add(screen, now_s=10.02)
    assert queue.take(10.02) is None
    assert queue.next_s() == rested_s
    assert queue.take(rested_s) is screen
    assert queue.take(rested_s) is None
    assert queue.next_s() is None


def test_it_paints_a_screen_at_once_that_has_rested_long_enough() -> None:
    queue, screen = RenderQueue(), channel(Urgency.CUSTOMER, looked_at_s=10.0)
    queue.add(screen, now_s=20.0)
    assert queue.take(20.0) is screen


def test_it_lets_no_display_rest() -> None:
    queue, display = RenderQueue(), channel(Urgency.DISPLAY, looked_at_s=10.0)
    queue.add(display, now_s=10.0)
    assert queue.take(10.0) is display


@pytest.mark.parametrize("is_waiting_already", [True, False])
def test_it_paints_who_is_called_at_once_and_before_other_phones(is_waiting_already: bool) -> None:
    queue = RenderQueue()
    others = [channel(Urgency.CUSTOMER, 0.0, f"A{number:03}") for number in range(3)]
    called = channel(Urgency.CUSTOMER, looked_at_s=10.0, ticket="A012")
    for other in others:
        queue.add(other, now_s=10.1)
    if is_waiting_already:
        queue.add(called, now_s=10.1)
    queue.add(called, now_s=10.2, is_called=True)
    assert queue.take(10.2) is called
    assert {queue.take(10.2) for _ in others} == set(others)
    assert queue.take(20.0) is None, "painted once, not once more when its rest ends"


def test_a_phone_hears_at_once_that_its_own_number_is_called() -> None:
    """Both were just painted: the one waits out its time, the other does not."""

    async def scenario() -> None:
        stage = Stage()
        own, other = (
            Client(
                stage.hub,
                Rendering(
                    f"phone/{ticket}",
                    "demo",
                    Urgency.CUSTOMER,
                    lambda: (stage.version, {"number": stage.version}),
                    lambda _region, version: f"<b>{version}</b>",
                    ticket=ticket,
                ),
            )
            for ticket in ("A001", "A002")
        )
        await asyncio.sleep(0.05)
        own.take(), other.take()
        stage.move_on(calls=1)
        await asyncio.sleep(0.05)
        assert own.numbers() == ["1"]
        assert other.numbers() == []
        await asyncio.sleep(LEAST_S[Urgency.CUSTOMER])
        assert other.numbers() == ["1"]

    asyncio.run(scenario())


def test_the_last_of_many_changes_reaches_every_kind_of_screen() -> None:
    async def scenario() -> None:
        stage = Stage()
        clients = [Client(stage.hub, stage.rendering(u.name, u)) for u in Urgency]
        for _ in range(40):
            stage.move_on()
            await asyncio.sleep(0.005)
        await asyncio.sleep(max(LEAST_S.values()) + 0.1)
        for client in clients:
            assert client.numbers()[-1] == "40", client.session.channel.rendering.key

    asyncio.run(scenario())
