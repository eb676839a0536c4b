"""A call for a colleague: from a kiosk, from a customer's phone, from a printer without paper."""

from datetime import datetime
from enum import StrEnum

from lobby.queueing.model.intake import NO_INTAKE, Intake
from lobby.queueing.model.value import Value


class HelpKind(StrEnum):
    """In the order of harm: what comes first is seen first. `PREMIUM` is an arrival for an adviser,
    `WAIT` somebody who waits past the promise; the place of a `FAULT`, and of an `AUTHORISATION`
    that a machine waits for, is the machine's id."""

    RISK = "risk"
    HELP = "help"
    COMPLAINT = "complaint"
    ARRIVAL = "arrival"
    PREMIUM = "premium"
    AUTHORISATION = "authorisation"
    STUCK = "stuck"
    CARE = "care"
    WAIT = "wait"
    LOST_ITEM = "lost_item"
    HOME_SERVICE = "home_service"
    FAULT = "fault"
    PRINTER = "printer"
    FEEDBACK = "feedback"


FOR_ONE_PERSON = (HelpKind.HELP, HelpKind.STUCK, HelpKind.CARE)
"""Somebody is wanted by the person who is there: one card for all of these, under the first."""


class HandBackReason(StrEnum):
    """Why a card that somebody had taken is open to the others again."""

    GIVEN_BACK = "given_back"
    OFF_DUTY = "off_duty"
    SIGNED_OUT = "signed_out"
    REMOVED = "removed"
    NO_OUTCOME = "no_outcome"


class HelpCall(Value, frozen=True):
    """`id` is the version of the event that called; `place` where to go, as staff know it;
    `handed_back` who went, and could not after all, the last of them from `had_since` until
    `handed_back_at`, for `back_reason`; `service` and `intake` what somebody without a ticket came
    for and answered."""

    id: int
    kind: HelpKind
    place: str
    ticket: str | None
    called_at: datetime
    taken_by: str | None = None
    taken_at: datetime | None = None
    note: str = ""
    handed_back: tuple[str, ...] = ()
    handed_back_at: datetime | None = None
    had_since: datetime | None = None
    back_reason: HandBackReason | None = None
    service: str = ""
    intake: Intake = NO_INTAKE

    @property
    def waiting_since(self) -> datetime:
        """Since when nobody has answered."""
        return self.handed_back_at or self.called_at
