"""What triage answers: a channel, how strongly, why, and every way the customer may choose."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lobby.triage.catalogue import Document, FeeChannel, Strength, Texts
from lobby.triage.machine import MachineStatus
from lobby.triage.request import CallMode
from lobby.triage.situation import OtherBranch


class Channel(StrEnum):
    COUNTER = "COUNTER"
    SELF_SERVICE = "SELF_SERVICE"
    ASSISTED_SELF = "ASSISTED_SELF"
    LOBBY_FIRST = "LOBBY_FIRST"
    ADVISER = "ADVISER"
    BOOKING = "BOOKING"
    OTHER_BRANCH = "OTHER_BRANCH"
    DIGITAL = "DIGITAL"


class Reason(StrEnum):
    """Why; its sentence stands in `words.REASONS`. Those after `RETURNED` come in addition."""

    RISK = "RISK"
    RISK_SOFT = "RISK_SOFT"
    URGENT = "URGENT"
    COMPLAINT = "COMPLAINT"
    PREF_COUNTER = "PREF_COUNTER"
    PREF_MACHINE = "PREF_MACHINE"
    PREF_PHONE = "PREF_PHONE"
    NOT_HERE = "NOT_HERE"
    ADVISER = "ADVISER"
    CORPORATE = "CORPORATE"
    KEEP_PREMIUM = "KEEP_PREMIUM"
    ASSIST = "ASSIST"
    LOOSE_CHANGE = "LOOSE_CHANGE"
    NOTE_UNIT = "NOTE_UNIT"
    NOTES = "NOTES"
    OVER_LIMIT = "OVER_LIMIT"
    BIOMETRIC = "BIOMETRIC"
    CREDENTIAL = "CREDENTIAL"
    DEVICE_DOWN = "DEVICE_DOWN"
    NO_QUEUE = "NO_QUEUE"
    NOT_FASTER = "NOT_FASTER"
    SMALL_CASH_OUT = "SMALL_CASH_OUT"
    SMALL_CASH_IN = "SMALL_CASH_IN"
    SMALL_TRANSFER = "SMALL_TRANSFER"
    ROUTINE = "ROUTINE"
    ASSISTED = "ASSISTED"
    DEFAULT = "DEFAULT"
    LOBBY = "LOBBY"
    SECOND = "SECOND"
    RETURNED = "RETURNED"
    NO_COUNTER = "NO_COUNTER"
    MISSING_DOCUMENT = "MISSING_DOCUMENT"
    DEADLINE = "DEADLINE"
    CLOSING = "CLOSING"


class ChoiceKind(StrEnum):
    COUNTER = "counter"
    MACHINE = "machine"
    MACHINE_WITH_HELP = "machine_with_help"
    PHONE = "phone"
    COLLEAGUE = "colleague"
    SAME_ADVISER = "same_adviser"
    FIRST_FREE = "first_free"
    OTHER_BRANCH = "other_branch"
    BOOKING = "booking"


class Modifier(StrEnum):
    HELP = "M1"
    DOCUMENT = "M2"
    DEADLINE = "M3"
    CALLING = "M4"
    RETURNED = "M5"


@dataclass(frozen=True, slots=True)
class FeeLine:
    """What one channel costs; the cheapest of several that differ is marked."""

    channel: FeeChannel
    amount: Decimal
    currency: str
    notes: Texts
    source: str
    valid_from: date
    is_cheapest: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One button. `minutes` until the job is done, where that can be said; both may be none."""

    kind: ChoiceKind
    channel: Channel
    minutes: float | None = None
    fee: FeeLine | None = None
    machine: MachineStatus | None = None
    branch: OtherBranch | None = None


@dataclass(frozen=True, slots=True)
class Gain:
    """What the machine saves against the counter; a fee that is higher there is below zero."""

    minutes: float
    fee: Decimal


@dataclass(frozen=True, slots=True)
class Advice:
    """`choices` are the buttons, the advised one first; one of them always is `counter`.

    `reasons` begins with the rule's own. `exclusion` says why the ticket is not counted in the
    diversion rate. `notice`: the dial allows no more than a line of text about the machine.
    `then_counter`: after the talk with a colleague the ticket waits for a counter.
    `tells_lobby`: a colleague with a tablet should know of this ticket at once.
    """

    rule: str
    rule_set_version: str
    channel: Channel
    strength: Strength
    pool: str
    reasons: tuple[Reason, ...]
    modifiers: tuple[Modifier, ...]
    eligible: bool
    exclusion: Reason | None
    choices: tuple[Choice, ...]
    documents: tuple[Document, ...]
    fees: tuple[FeeLine, ...]
    grace_s: int | None = None
    priority: str | None = None
    urgent: bool = False
    notice: bool = False
    then_counter: bool = False
    keeps_issue_time: bool = False
    keeps_place_min: int = 0
    tells_lobby: bool = False
    machine: MachineStatus | None = None
    gain: Gain | None = None
    over_limit: int | None = None
    call_modes: frozenset[CallMode] = frozenset()

    @property
    def counter(self) -> Choice:
        """The choice that leads to a person: a counter, or what stands in for one here."""
        kinds = (ChoiceKind.COUNTER, ChoiceKind.FIRST_FREE, ChoiceKind.COLLEAGUE)
        return next(choice for kind in kinds for choice in self.choices if choice.kind is kind)
