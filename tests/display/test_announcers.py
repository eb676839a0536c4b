"""Who speaks in a room: always one, and never two."""

from contextlib import ExitStack

from display.announcements import Zone
from display.speaker_election import SpeakerElection

HALL = ""


def sit(
    stack: ExitStack,
    election: SpeakerElection,
    seat: str,
    *,
    is_paired: bool = True,
    **more: object,
) -> None:
    branch_id = str(more.get("branch_id", "riverside"))
    zone = more.get("zone", Zone())
    assert isinstance(zone, Zone)
    room = str(more.get("heard_in", HALL))
    stack.enter_context(election.candidate(seat, branch_id, room, zone, is_paired=is_paired))
    election.set_ready(seat, branch_id, is_ready=True)


def test_nobody_speaks_before_its_browser_may() -> None:
    election = SpeakerElection()
    with election.candidate("first", "riverside", HALL, Zone(), is_paired=True):
        assert election.ready("riverside", HALL) == ()
        assert election.set_ready("first", "riverside", is_ready=True)
        assert election.ready("riverside", HALL) == ("first",)
        assert not election.set_ready("first", "riverside", is_ready=True)
        assert election.set_ready("first", "riverside", is_ready=False)
        assert election.ready("riverside", HALL) == ()


def test_who_was_there_first_speaks_and_the_next_one_takes_over() -> None:
    election = SpeakerElection()
    with ExitStack() as second_leaves:
        with ExitStack() as first_leaves:
            sit(first_leaves, election, "first")
            sit(second_leaves, election, "second")
            assert election.ready("riverside", HALL) == ("first", "second")
        assert election.ready("riverside", HALL) == ("second",)
    assert election.ready("riverside", HALL) == ()


def test_a_display_goes_before_a_tablet_that_stands_in_for_one() -> None:
    election = SpeakerElection()
    with ExitStack() as stack:
        sit(stack, election, "tablet", is_paired=False)
        sit(stack, election, "display")
        assert election.ready("riverside", HALL) == ("display", "tablet")


def test_rooms_and_branches_speak_for_themselves() -> None:
    election = SpeakerElection()
    with ExitStack() as stack:
        sit(stack, election, "hall")
        sit(stack, election, "upstairs", heard_in="first floor")
        sit(stack, election, "far", branch_id="harbour")
        assert election.ready("riverside", HALL) == ("hall",)
        assert election.ready("riverside", "first floor") == ("upstairs",)
        assert election.ready("harbour", HALL) == ("far",)


def test_nobody_speaks_for_a_seat_of_another_branch() -> None:
    election = SpeakerElection()
    with ExitStack() as stack:
        sit(stack, election, "hall")
        assert not election.set_ready("hall", "harbour", is_ready=False)
        assert election.ready("riverside", HALL) == ("hall",)


def test_a_room_hears_the_calls_of_all_its_displays_and_of_no_other() -> None:
    election = SpeakerElection()
    with ExitStack() as stack:
        sit(stack, election, "one", zone=Zone(counters=("1",)))
        sit(stack, election, "two", zone=Zone(services=("B01",)))
        assert election.speaks_of("riverside", HALL, "1", "A01")
        assert election.speaks_of("riverside", HALL, "4", "B01")
        assert not election.speaks_of("riverside", HALL, "4", "A01")
        assert not election.speaks_of("riverside", "first floor", "1", "A01")
