"""Walks from a kiosk's first question to each rule, and those that set other inputs."""

from dataclasses import dataclass, field

SMALL = {"amount": "up_to_5000", "credential": "card"}
HELP = {"help": "yes"}


@dataclass(frozen=True)
class Walk:
    """`choice` is the way that is tapped; `says` stands on the advice. `who` is the kiosk, or the
    lobby manager whose tablet stands in; `letter` begins the number, if there is one."""

    rule: str
    service: str
    answers: dict[str, str] = field(default_factory=dict)
    choice: str = "counter"
    says: str = ""
    letter: str | None = "A"
    who: str = "kiosk"
    world: str = "busy"


WALKS = (
    Walk("R01", "A04", {"receiver": "asked"}, "colleague", "check with you that", None),
    Walk("R01", "A04", {"receiver": "unknown"}, "counter", "check with you that"),
    Walk("R02", "A01", {"amount": "more", **HELP, "urgent": "yes"}, "counter", "go through this"),
    Walk("R03", "B02", {}, "counter", "We aim to call you within 10 min.", "B"),
    Walk("R04", "H01", {}, "colleague", "No need to queue", None),
    Walk("R05", "A01", {"preference": "counter"}, says="You will be called to a counter."),
    Walk("R06", "A07", {"preference": "machine", "credential": "card"}, "machine", letter="S"),
    Walk("R06", "A06", {**HELP, "preference": "phone"}, "counter", "on your phone"),
    Walk("R07", "F01", {}, "booking", "Another of our branches", None, world="spoke"),
    Walk("R08", "W01", {"adviser": "first"}, "first_free", "An adviser will see you.", "W"),
    Walk("R08", "W01", {"adviser": "adviser-5"}, "same_adviser", "An adviser", "W"),
    Walk("R09", "C01", {}, says="business counter", letter="C"),
    Walk("R10", "A01", {**SMALL, "customer": "PREMIUM"}, says="in person", who="lan"),
    Walk("R11", "A01", {"amount": "up_to_5000", **HELP, "preference": "any"}, says="take a seat"),
    Walk("R12", "A02", {"amount": "coins"}, says="Coins and small notes"),
    Walk("R13", "A01", {"amount": "exact_2503", "credential": "card"}, says="exactly", who="lan"),
    Walk("R14", "A02", {"amount": "notes"}, says="These notes are quicker"),
    Walk("R15", "A01", {"amount": "more"}, says="The machines take up to"),
    Walk("R16", "A04", {"receiver": "known", "amount": "more"}, says="The machines take up to"),
    Walk(
        "R17",
        "A04",
        {"receiver": "known", "amount": "up_to_100000000", "biometric": "no"},
        says="checks your chip ID",
        world="vietnam",
    ),
    Walk(
        "R17",
        "A04",
        {"receiver": "known", "amount": "up_to_10000000", "sent_today": "more", "biometric": "no"},
        says="checks your chip ID",
        world="vietnam",
    ),
    Walk("R18", "A01", {"amount": "up_to_5000", "credential": "worn"}, says="what you have"),
    Walk("R19", "A01", SMALL, says="out of order", world="broken"),
    Walk("R20", "A01", SMALL, says="A counter is free", world="empty"),
    Walk("R21", "A01", SMALL, says="the quicker way", world="crowded"),
    Walk("R22", "A01", SMALL, "machine", "at the machine or at the counter", "S"),
    Walk("R23", "A02", SMALL, "machine", "at the machine or at the counter", "S"),
    Walk("R24", "A04", {"receiver": "known", "amount": "up_to_5000"}, "machine", letter="S"),
    Walk("R25", "A05", {"credential": "card"}, "machine", letter="S"),
    Walk("R26", "A06", {"credential": "card"}, "machine", letter="S"),
    Walk("R27", "B03", {"old_pin": "yes"}, "machine", letter="S"),
    Walk("R28", "B01", {"own_id": "yes"}, "machine_with_help", letter="S"),
    Walk("R29", "B04", {"own_id": "yes"}, "machine_with_help", letter="S"),
    Walk("R30", "B06", {"purpose": "new", "amount": "up_to_5000"}, "machine", letter="S"),
    Walk("R31", "B07", {}, says="You will be called to a counter.", letter="B"),
)

INPUTS = (
    *WALKS,
    Walk("", "A07", {"preference": "first", "credential": "card"}),
    Walk("", "A01", {"preference": "counter", "size": "large"}),
    Walk("", "B01", {"own_id": "no", "leaves": "within_15", "calling": "fetch"}),
    Walk("", "B01", {"own_id": "other"}),
    Walk("", "B06", {"purpose": "early"}),
    Walk("", "B07", {"customer": "PREGNANT_INFANT"}, who="lan"),
    Walk("", "A01", SMALL, world="settings"),
    Walk("", "A01", SMALL, world="before the counters"),
)
