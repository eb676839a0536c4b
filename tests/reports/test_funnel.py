from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobby.queueing.model.intake import ConfirmedBy, OfferedBy
from lobby.queueing.model.ticket import TicketState
from lobby.reports import measures
from lobby.reports.funnel import ColleagueOffers, Diversion, Exclusion, diversion_of
from lobby.reports.measures import Rate
from lobby.reports.offers import Offers
from lobby.reports.segments import segments_of, times_by_service
from lobby.store.visits import Visit
from tests.reports.kpi_day import DONE, VISITS, at, diverted, excluded, visit
from tests.reports.test_day import PLAN


def diversion(
    visits: Sequence[Visit], *, is_running: bool = False, complained: Collection[str] = ()
) -> Diversion:
    times = times_by_service(segments_of(visits, ()))
    return diversion_of(visits, PLAN, times, (), is_running=is_running, complained=complained)


def test_it_counts_the_funnel_of_the_worked_day() -> None:
    funnel = diversion(VISITS).funnel
    offers = funnel.offers
    assert (funnel.eligible, offers.offered, offers.accepted, offers.declined) == (4, 4, 3, 1)
    assert (offers.completed, offers.returned, offers.unconfirmed) == (1, 1, 1)
    assert (offers.acceptance.share, funnel.diversion.share) == (0.75, 0.25)
    assert offers.returns.share == pytest.approx(0.3333333333333333)
    assert offers.return_alert
    assert measures.abandonments(VISITS) == Rate(2, 12 - 2)


def test_it_counts_the_wait_of_who_came_back_from_the_first_ticket_on() -> None:
    (returned,) = (line for line in VISITS if line.number == "A005")
    assert returned.wait_s == 14 * 60
    assert measures.waits(VISITS).mean_s == 600


def test_it_never_counts_accepted_as_done() -> None:
    went = visit("A001", 0, ended=900, state=TicketState.LAPSED, **diverted(0, accepted=0))
    offers = diversion([went]).funnel.offers
    assert (offers.completed, offers.unconfirmed, offers.completion.share) == (0, 1, 0.0)
    assert measures.abandonments([went]) == Rate(0, 0)


def test_it_tells_who_is_still_at_the_machine_while_the_day_runs() -> None:
    there = visit("A001", 0, state=TicketState.AT_MACHINE, **diverted(0, accepted=0))
    now, later = (diversion([there], is_running=runs).funnel.offers for runs in (True, False))
    assert (now.at_machine, now.unconfirmed) == (1, 0)
    assert (later.at_machine, later.unconfirmed) == (0, 1)


def test_it_lists_why_tickets_were_not_eligible() -> None:
    assert diversion(VISITS).exclusions == (
        Exclusion("LOOSE_CHANGE", 1),
        Exclusion("PREMIUM", 1),
        Exclusion("", 6),
    )


def test_it_tells_offers_to_tickets_that_were_not_eligible_apart() -> None:
    wrong = visit("A099", 0, 1, 2, 3, **diverted(0, declined=0, eligible=False))
    told = diversion([*VISITS, wrong])
    assert told.off_target == Rate(1, 5)
    assert (told.funnel.offers.offered, told.first.offered) == (4, 5)


def test_it_tells_second_offers_by_who_made_them() -> None:
    staff = OfferedBy.STAFF
    went = diverted(9, accepted=9, done=12, by=staff, offered_staff="7")
    stayed = diverted(9, declined=9, by=staff, offered_staff="3")
    seconds = [
        visit("A101", 0, ended=12, state=DONE, **went),
        visit("A102", 0, 10, 11, 15, **stayed),
    ]
    told = diversion([*VISITS, *seconds])
    assert (told.first.offered, told.second.offered, told.second.completed) == (4, 2, 1)
    assert told.colleagues == (
        ColleagueOffers("3", Offers(1, 0, 1, 0, 0, 0, 0, 0, 0)),
        ColleagueOffers("7", Offers(1, 1, 0, 0, 1, 0, 0, 0, 0)),
    )
    assert told.funnel.diversion == Rate(2, 6)


def test_it_counts_a_return_and_a_complaint_of_one_ticket_once() -> None:
    offers = diversion(VISITS, complained={"A003", "A005", "B001"}).funnel.offers
    assert (offers.regretted, offers.targeting) == (2, Rate(1, 3))


def test_it_counts_as_saved_what_the_counter_would_have_taken() -> None:
    """The median of 4, 5, 8, 4, 5, 8 and 3 minutes of cash withdrawals at the counters."""
    saved = diversion(VISITS).saved
    assert (saved.seconds, saved.jobs, saved.is_few) == (5 * 60, 1, True)


def test_it_takes_the_usual_minutes_where_nobody_was_served_for_the_same() -> None:
    done = visit("B001", 0, ended=9, state=DONE, service="B01", **diverted(0, accepted=0, done=9))
    gone = replace(done, number="Z001", service="Z01", last_service="Z01")
    assert diversion([done]).saved.seconds == PLAN.services["B01"].minutes * 60
    assert diversion([gone]).saved.seconds == 0


def test_it_alerts_above_fifteen_in_a_hundred_and_not_at_it() -> None:
    done = [visit(f"A{n:03}", 0, state=DONE, **diverted(0, accepted=0, done=1)) for n in range(17)]
    back = [visit(f"B{n:03}", 0, **diverted(0, accepted=0, returned=1)) for n in range(4)]
    assert not diversion([*done, *back[:3]]).funnel.offers.return_alert
    assert diversion([*done, *back]).funnel.offers.return_alert


def test_it_tells_the_funnel_by_service() -> None:
    cash = diversion(VISITS).services
    assert [(line.code, line.funnel.eligible) for line in cash] == [("A01", 4)]
    assert diversion([visit("A001", 0, **excluded("R12", "LOOSE_CHANGE"))]).services == ()


MOMENTS = st.none() | st.integers(0, 600).map(lambda minute: at(0) + timedelta(minutes=minute))


@st.composite
def any_visits(draw: st.DrawFn) -> list[Visit]:
    return [draw(any_visit(f"A{number:03}")) for number in range(draw(st.integers(0, 30)))]


@st.composite
def any_visit(draw: st.DrawFn, number: str) -> Visit:
    """Also ways that no customer can go: a report stays true whatever stands in the rows."""
    offered: datetime | None = draw(MOMENTS)
    by = draw(st.sampled_from(OfferedBy)) if offered else None
    return replace(
        visit(number, 0),
        service=draw(st.sampled_from(["A01", "B01", "Z01"])),
        state=draw(st.sampled_from(TicketState)),
        eligible=draw(st.booleans()),
        exclusion=draw(st.sampled_from(["", "NO_QUEUE", "ASSIST"])),
        offered_by=by,
        offered_at=offered,
        offered_staff=draw(st.none() | st.sampled_from(["3", "7"])) if by else None,
        accepted_at=draw(MOMENTS) if offered else None,
        declined_at=draw(MOMENTS) if offered else None,
        machine_done_at=draw(MOMENTS) if offered else None,
        returned_at=draw(MOMENTS) if offered else None,
        confirmed_by=draw(st.none() | st.sampled_from(ConfirmedBy)),
    )


@given(any_visits(), st.booleans(), st.sets(st.integers(0, 30)))
def test_its_numbers_add_up_whatever_happened(
    visits: list[Visit], is_running: bool, complaints: set[int]
) -> None:
    complained = {f"A{number:03}" for number in complaints}
    told = diversion(visits, is_running=is_running, complained=complained)
    everyone = (told.funnel.offers, told.first, told.second, *(c.offers for c in told.colleagues))
    for offers in (*everyone, *(line.funnel.offers for line in told.services)):
        ends = (offers.completed, offers.returned, offers.unconfirmed, offers.at_machine)
        assert offers.accepted == sum(ends)
        assert offers.offered == offers.accepted + offers.declined + offers.unanswered
        assert min(*ends, offers.declined, offers.unanswered) >= 0
        rates = (offers.acceptance, offers.completion, offers.returns, offers.targeting)
        assert all(0 <= (rate.share or 0) <= 1 for rate in rates)
    for funnel in (told.funnel, *(line.funnel for line in told.services)):
        assert 0 <= funnel.offers.completed <= funnel.offers.offered <= funnel.eligible
    assert told.first.offered + told.second.offered == told.off_target.of
    assert told.funnel.offers.offered + told.off_target.count == told.off_target.of
    assert sum(line.funnel.eligible for line in told.services) == told.funnel.eligible
    assert told.funnel.eligible + sum(e.tickets for e in told.exclusions) == len(visits)
    assert 0 <= (measures.abandonments(visits).share or 0) <= 1
