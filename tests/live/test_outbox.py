"""The mailbox of one socket: small whatever happens, newest first, every call once."""

import asyncio

from lobby.live.frames import Call, Goodbye
from lobby.live.outbox import MAX_CALLS, Outbox


def call(number: int) -> Call:
    return Call(f"call-{number}", f"A{number:03}", "3", ("vi",), "2026-03-02T02:00:00+00:00", 30.0)


def put(outbox: Outbox, number: int) -> None:
    outbox.put_call(call(number), f"call {number}")


def test_it_holds_only_the_newest_regions() -> None:
    outbox = Outbox()
    for version in range(10_000):
        outbox.put_regions(version, f"regions {version}")
    assert outbox.take() == ["regions 9999"]
    assert outbox.take() == []


def test_it_never_gives_an_older_version_after_a_newer_one() -> None:
    outbox = Outbox()
    outbox.put_regions(8, "eight")
    assert outbox.take() == ["eight"]
    outbox.put_regions(7, "seven")
    assert outbox.take() == []


def test_it_gives_a_version_again_when_only_the_minutes_changed() -> None:
    outbox = Outbox()
    outbox.put_regions(8, "5 minutes")
    outbox.take()
    outbox.put_regions(8, "6 minutes")
    assert outbox.take() == ["6 minutes"]


def test_it_keeps_a_bounded_number_of_calls_and_lets_the_oldest_go() -> None:
    outbox = Outbox()
    for number in range(10_000):
        put(outbox, number)
    texts = outbox.take()
    assert len(texts) == MAX_CALLS
    assert texts[-1] == "call 9999"


def test_it_gives_a_call_once() -> None:
    outbox = Outbox()
    put(outbox, 1)
    put(outbox, 1)
    assert outbox.take() == ["call 1"]
    put(outbox, 1)
    assert outbox.take() == []


def test_it_shows_a_call_before_it_sounds() -> None:
    outbox = Outbox()
    put(outbox, 1)
    outbox.put_regions(1, "regions")
    assert outbox.take() == ["regions", "call 1"]


def test_it_takes_nothing_after_a_goodbye() -> None:
    outbox = Outbox()
    put(outbox, 1)
    outbox.end(Goodbye("restart", 2.0))
    put(outbox, 2)
    outbox.put_regions(3, "regions")
    outbox.end(Goodbye("revoked", 1.0))
    assert outbox.take() == []
    assert outbox.goodbye == Goodbye("restart", 2.0)


def test_it_wakes_who_waits_for_it() -> None:
    async def scenario() -> list[str]:
        outbox = Outbox()
        asyncio.get_running_loop().call_later(0.01, outbox.put_regions, 1, "regions")
        await outbox.wait(patience_s=10)
        return outbox.take()

    assert asyncio.run(scenario()) == ["regions"]


def test_it_lets_go_who_has_waited_long_enough() -> None:
    async def scenario() -> list[str]:
        outbox = Outbox()
        await outbox.wait(patience_s=0.01)
        return outbox.take()

    assert asyncio.run(scenario()) == []
