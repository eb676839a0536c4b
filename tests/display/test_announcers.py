"""Who speaks in a room: always one, and never two."""

from contextlib import ExitStack

from display.announcements import Zone
from display.speaker_election import SpeakerElection

HALL = ""


def sit(
    stack: ExitStack,
    announcers: SpeakerElection,
    seat: str,
    *,
    is_paired: bool = True,
    **more: object,
) -> None:
    branch_id = str(more.get("branch_id", "riverside"))
    zone = more.get("zone", Zone())
    assert isinstance(zone, Zone)
    room = str(more.get("heard_in", HALL))
    stack.enter_context(announcers.seated(seat, branch_id, room, zone, is_paired=is_paired))
    announcers.tell(seat, branch_id, is_ready=True)


def test_nobody_speaks_before_its_browser_may() -> None:
    announcers = SpeakerElection()
    with announcers.seated("first", "riverside", HALL, Zone(), is_paired=True):
        assert announcers.ready("riverside", HALL) == ()
        assert announcers.tell("first", "riverside", is_ready=True)
        assert announcers.ready("riverside", HALL) == ("first",)
        assert not announcers.tell("first", "riverside", is_ready=True)
        assert announcers.tell("first", "riverside", is_ready=False)
        assert announcers.ready("riverside", HALL) == ()


def test_who_was_there_first_speaks_and_the_next_one_takes_over() -> None:
    announcers = SpeakerElection()
    with ExitStack() as second_leaves:
        with ExitStack() as first_leaves:
            sit(first_leaves, announcers, "first")
            sit(second_leaves, announcers, "second")
            assert announcers.ready("riverside", HALL) == ("first", "second")
        assert announcers.ready("riverside", HALL) == ("second",)
    assert announcers.ready("riverside", HALL) == ()


def test_a_display_goes_before_a_tablet_that_stands_in_for_one() -> None:
    announcers = SpeakerElection()
    with ExitStack() as stack:
        sit(stack, announcers, "tablet", is_paired=False)
        sit(stack, announcers, "display")
        assert announcers.ready("riverside", HALL) == ("display", "tablet")


def test_rooms_and_branches_speak_for_themselves() -> None:
    announcers = SpeakerElection()
    with ExitStack() as stack:
        sit(stack, announcers, "hall")
        sit(stack, announcers, "upstairs", heard_in="first floor")
        sit(stack, announcers, "far", branch_id="harbour")
        assert announcers.ready("riverside", HALL) == ("hall",)
        assert announcers.ready("riverside", "first floor") == ("upstairs",)
        assert announcers.ready("harbour", HALL) == ("far",)


def test_nobody_speaks_for_a_seat_of_another_branch() -> None:
    announcers = SpeakerElection()
    with ExitStack() as stack:
        sit(stack, announcers, "hall")
        assert not announcers.tell("hall", "harbour", is_ready=False)
        assert announcers.ready("riverside", HALL) == ("hall",)


def test_a_room_hears_the_calls_of_all_its_displays_and_of_no_other() -> None:
    announcers = SpeakerElection()
    with ExitStack() as stack:
        sit(stack, announcers, "one", zone=Zone(counters=("1",)))
        sit(stack, announcers, "two", zone=Zone(services=("B01",)))
        assert announcers.speaks_of("riverside", HALL, "1", "A01")
        assert announcers.speaks_of("riverside", HALL, "4", "B01")
        assert not announcers.speaks_of("riverside", HALL, "4", "A01")
        assert not announcers.speaks_of("riverside", "first floor", "1", "A01")
