"""Any request in any situation: what property tests draw.

Half of it is wild, half of it ordinary but for two things at most: with every answer at random,
hardly any request would come as far as the rules that ask whether a machine is quicker.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.machines import MachineKind, MachineState
from lobby.triage.catalogue import BranchKind, Credential
from lobby.triage.machine import Machine, MachineFunction, MachineStatus
from lobby.triage.request import AmountBand, CallMode, LastAdviser, Preference, Request
from lobby.triage.situation import Dial, OtherBranch, Situation

CATALOGUE = read_catalogue(DEMO)
WORDS = {"en": "there", "zh": "那里", "vi": "kia"}

AMOUNTS = st.one_of(
    st.sampled_from([100, 2503, 5000, 20_000, 20_001, 20_100, 50_000, 50_001, 12_000_000]),
    st.integers(1, 500_000_000),
)
BANDS = st.sampled_from(
    [
        *(AmountBand(0, 5000), AmountBand(5000, 20_000), AmountBand(20_000, 50_000)),
        *(AmountBand(0, 10_000_000), AmountBand(50_000, None), AmountBand(400_000_000, None)),
    ]
)
MINUTES = st.floats(0, 240)
LEAVES = st.none() | MINUTES
PRIORITIES = st.none() | st.sampled_from(sorted(CATALOGUE.priorities))

ANSWERS: Mapping[str, st.SearchStrategy[Any]] = {
    "service": st.sampled_from(sorted(CATALOGUE.services)),
    "amount": st.none() | AMOUNTS,
    "band": st.none() | BANDS,
    "sent_today": st.integers(0, 30_000_000),
    "coins": st.booleans(),
    "notes": st.none() | st.integers(1, 500),
    "notes_unfit": st.booleans(),
    "credential": st.sampled_from(Credential),
    "passbook_readable": st.booleans(),
    "help": st.booleans(),
    "preference": st.none() | st.sampled_from(Preference),
    "premium": st.booleans(),
    "priority": PRIORITIES,
    "receiver_known": st.booleans(),
    "asked_by_phone": st.booleans(),
    "urgent_today": st.booleans(),
    "early_withdrawal": st.booleans(),
    "biometric_enrolled": st.booleans(),
    "own_id": st.booleans(),
    "adult": st.booleans(),
    "old_pin_known": st.booleans(),
    "last_adviser": st.none() | st.sampled_from(LastAdviser),
    "returned_from_machine": st.booleans(),
    "minutes_waited": st.just(0.0) | MINUTES,
    "offered_before": st.booleans(),
    "first_time": st.booleans(),
    "large_print": st.booleans(),
    "documents_ready": st.none() | st.booleans(),
    "leaves_in_min": LEAVES,
    "call_modes": st.frozensets(st.sampled_from(CallMode)),
}
MACHINES = st.builds(
    Machine,
    id=st.sampled_from(["m1", "m2", "m3"]),
    number=st.integers(1, 9),
    kind=st.sampled_from(MachineKind),
    functions=st.frozensets(st.sampled_from(MachineFunction), min_size=3),
    names=st.just(WORDS),
    places=st.just(WORDS),
)
STATUSES = st.builds(
    MachineStatus,
    machine=MACHINES,
    state=st.sampled_from(MachineState),
    queue_min=st.floats(0, 60),
)
FULL_MACHINE = MachineStatus(
    Machine("m9", 9, MachineKind.STM, frozenset(MachineFunction), WORDS, WORDS)
)
LIVE: Mapping[str, st.SearchStrategy[Any]] = {
    "open_counters": st.integers(0, 6),
    "counter_free": st.booleans(),
    "opens_later": st.booleans(),
    "waiting": st.integers(0, 40),
    "counter_wait_min": MINUTES,
    "counter_service_min": st.floats(1, 60),
    "machines": st.lists(STATUSES | st.just(FULL_MACHINE), max_size=4).map(tuple),
    "per_operation_limit": st.none() | st.sampled_from([2500, 5000]),
    "profile": st.sampled_from(["CN", "VN"]),
    "dial": st.sampled_from(Dial),
    "lobby_manager_free": st.booleans(),
    "branch_kind": st.sampled_from(BranchKind),
    "other_branch": st.none() | st.just(OtherBranch("harbour", WORDS, 12)),
    "takes_bookings": st.booleans(),
    "same_adviser_wait_min": LEAVES,
    "minutes_to_closing": LEAVES,
}
BUSY = st.fixed_dictionaries(
    {
        "open_counters": st.just(3),
        "waiting": st.just(5),
        "counter_wait_min": st.sampled_from([18.0, 18.0, 2.0]),
        "machines": st.sampled_from([(FULL_MACHINE,), (replace(FULL_MACHINE, queue_min=60),)]),
        "profile": st.sampled_from(["CN", "VN"]),
        "dial": st.sampled_from([Dial.SUGGEST, *Dial]),
    }
)


def but_for_a_few(
    known: Mapping[str, st.SearchStrategy[Any]], usual: st.SearchStrategy[dict[str, Any]]
) -> st.SearchStrategy[dict[str, Any]]:
    """The usual with at most two things otherwise."""
    names = st.lists(st.sampled_from(sorted(known)), max_size=2, unique=True)
    odd = names.flatmap(lambda chosen: st.fixed_dictionaries({n: known[n] for n in chosen}))
    return st.builds(lambda one, other: {**one, **other}, usual, odd)


ORDINARY = st.fixed_dictionaries(
    {
        "service": st.sampled_from(["A01", "A02", "A04", "A04"]) | ANSWERS["service"],
        "amount": st.sampled_from([None, 100, 5000, 20_000, 50_001, 12_000_000]),
        "biometric_enrolled": st.booleans(),
        "minutes_waited": st.sampled_from([0.0, 0.0, 9.0]),
        "preference": st.sampled_from([None, None, Preference.MACHINE]),
    }
)
REQUESTS = st.builds(
    lambda answers: Request(**answers),
    but_for_a_few(ANSWERS, ORDINARY) | st.fixed_dictionaries(dict(ANSWERS)),
)
SITUATIONS = st.builds(
    lambda values: Situation(**values),
    but_for_a_few(LIVE, BUSY) | st.fixed_dictionaries(dict(LIVE)),
)
