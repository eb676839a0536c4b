"""The branch in which a recorded day is played: its services, its counters, its hours."""

from itertools import cycle
from string import ascii_uppercase
from zoneinfo import ZoneInfo

from lobby.queueing.model.plan import CounterPlan, Plan, Service
from lobby.replay.script import Script

BRANCH_ID = "recorded"
ZONE = "Etc/GMT-2"
"""The log's own clock without its summer time: each of its days has its 24 hours here."""

MINUTES = 4.0
NAMES = {
    "PS": "Regular banking",
    "PE": "Regular banking in English",
    "NE": "Stock exchange",
    "NW": "Prospective customer",
    "IN": "Internet banking",
    "TT": "Call-back",
}


def plan_of(script: Script) -> Plan:
    """One service for each type of the log, one counter for each seat, and one where nobody was
    served. From the 27th type on services share a letter, and with it a series of numbers."""
    letters = zip(script.services, cycle(ascii_uppercase), strict=False)
    services = [
        Service(kind, letter, kind, MINUTES, {"en": NAMES.get(kind, kind)})
        for kind, letter in letters
    ]
    numbers = range(1, max(1, len(script.seats)) + 1)
    return Plan(
        id=BRANCH_ID,
        names={"en": "A recorded day"},
        time_zone=ZoneInfo(ZONE),
        services={service.code: service for service in services},
        counters={str(number): CounterPlan(str(number), str(number)) for number in numbers},
        language="en",
    )
