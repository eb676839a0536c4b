"""The labels of the terminal, and the ready-made reasons that one key gives."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from counter.customers import GivenAnswer, Tag
from counter.side_panel import BreakState
from lobby.i18n.formats import money
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.priority import Priority
from lobby.screens.words import (
    ACTS_TO_UNDO,
    CHOICE_REASONS,
    HOLD_REASONS,
    PAUSE_REASONS,
    REST_REASONS,
)
from lobby.triage.answers import Answer

TAGS = {
    Tag.RISK: mark("Possible fraud: speak with the customer first"),
    Tag.HELP: mark("Would like help"),
    Tag.PREMIUM: mark("Expects personal service"),
    Tag.APPOINTMENT: mark("Has a booking"),
    Tag.MACHINE: mark("Came back from a machine"),
    Tag.FETCH: mark("A colleague will bring them"),
    Tag.PAGER: mark("Is called by pager"),
}

PRIORITIES = {
    Priority.REGULAR: "",
    Priority.URGENT: mark("Urgent"),
    Priority.ASSISTANCE: mark("Would like help"),
    Priority.PREMIUM: mark("Personal service"),
    Priority.APPOINTMENT: mark("Booking"),
}
"""Beside a number in a list; most have none."""

COLLEAGUES = {
    HelpKind.HELP: mark("Come to my counter"),
    HelpKind.AUTHORISATION: mark("Approve something here"),
    HelpKind.RISK: mark("Risk alert"),
}

RISK_NOTES = (
    mark("Was asked by phone or chat to send money"),
    mark("Does not know the receiver"),
    mark("Somebody tells them what to say"),
)

BREAKS = {
    BreakState.PLANNED: mark("Break planned"),
    BreakState.SOON: mark("Your break is soon"),
    BreakState.DUE: mark("Time for your break"),
}

HOLD_MINUTES = (5, 10, 20, 30)
PAUSE_MINUTES = (10, 15, 30, 45)
BREAK_MINUTES = (10, 15, 30, 45, 60)

WORDS: Mapping[str, Any] = MappingProxyType(
    {
        "acts_to_undo": ACTS_TO_UNDO,
        "pause_reasons": PAUSE_REASONS,
        "hold_reasons": HOLD_REASONS,
        "rest_reasons": REST_REASONS,
        "choice_reasons": CHOICE_REASONS,
        "tags": TAGS,
        "priorities": PRIORITIES,
        "colleagues": COLLEAGUES,
        "risk_notes": RISK_NOTES,
        "breaks": BREAKS,
        "hold_minutes": HOLD_MINUTES,
        "pause_minutes": PAUSE_MINUTES,
        "break_minutes": BREAK_MINUTES,
    }
)


def answer_label(answer: GivenAnswer | Answer, language: str) -> str:
    """An answer as the customer saw it, in the reader's language."""
    label = texts(language).gettext(answer.label)
    if answer.amount is None:
        return label
    return label % {"amount": money(answer.amount, answer.currency, language)}


def place_of(counter_id: str) -> str:
    """Where a colleague is called to: the code of the place, that each reads in their language."""
    return f"counter/{counter_id}"
