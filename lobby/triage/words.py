"""What triage says to customers, in English; the sentences are translated where they are shown.

Plain words, at most twelve, and none that sorts people by age, calls a job easy or sounds like a
refusal. Amounts and minutes stay blanks: `%(amount)s` is money, `%(minutes)s` a whole number.
"""

from collections.abc import Mapping

from lobby.triage.advice import ChoiceKind, Reason


def mark(msgid: str) -> str:
    """Marks a sentence for translation; this package imports no other, so it has its own."""
    return msgid


MACHINE_ALONE = mark("You can do this at the machine.")
"""The same where no counter is open, and none will be today."""

NOT_OFFERED = mark("We do not offer this here. Our staff will help you.")
"""Where nobody knows another branch that does it."""

MACHINE_OR_COUNTER = mark("You can do this at the machine or at the counter.")
COUNTER_CALLS = mark("You will be called to a counter.")

REASONS: Mapping[Reason, str] = {
    Reason.RISK: mark("Our staff will check with you that this is safe."),
    Reason.RISK_SOFT: mark("Our staff will go through this with you."),
    Reason.URGENT: mark("Block your card now by phone: %(phone)s."),
    Reason.COMPLAINT: mark("Somebody will come to you. No need to queue."),
    Reason.PREF_COUNTER: COUNTER_CALLS,
    Reason.PREF_MACHINE: mark("The machine is ready for you."),
    Reason.PREF_PHONE: mark("You can do this on your phone."),
    Reason.NOT_HERE: mark("Another of our branches can do this for you."),
    Reason.ADVISER: mark("An adviser will see you."),
    Reason.CORPORATE: mark("The business counter will call you."),
    Reason.KEEP_PREMIUM: mark("Our staff will look after you in person."),
    Reason.ASSIST: mark("Please take a seat. Our staff will look after you."),
    Reason.LOOSE_CHANGE: mark("Coins and small notes are counted at the counter."),
    Reason.NOTE_UNIT: mark("The counter pays this amount exactly."),
    Reason.NOTES: mark("These notes are quicker at the counter."),
    Reason.OVER_LIMIT: mark("The machines take up to %(amount)s. Please use a counter."),
    Reason.BIOMETRIC: mark("The counter checks your chip ID for this amount."),
    Reason.CREDENTIAL: mark("The counter can serve you with what you have with you."),
    Reason.DEVICE_DOWN: mark("The machines are out of order at the moment. We are sorry."),
    Reason.NO_QUEUE: mark("A counter is free. Please go ahead."),
    Reason.NOT_FASTER: mark("The counter is the quicker way right now."),
    Reason.SMALL_CASH_OUT: MACHINE_OR_COUNTER,
    Reason.SMALL_CASH_IN: MACHINE_OR_COUNTER,
    Reason.SMALL_TRANSFER: MACHINE_OR_COUNTER,
    Reason.ROUTINE: MACHINE_OR_COUNTER,
    Reason.ASSISTED: mark("Our staff can help you at the smart machine."),
    Reason.DEFAULT: COUNTER_CALLS,
    Reason.LOBBY: mark("Somebody will come to you."),
    Reason.SECOND: mark("A machine is free now. Shall we go there together?"),
    Reason.RETURNED: mark("You keep your place. We are sorry."),
    Reason.NO_COUNTER: mark("No counter serves this today. Our staff will help you."),
    Reason.MISSING_DOCUMENT: mark("We keep your place for %(minutes)s minutes while you fetch it."),
    Reason.DEADLINE: mark("The wait may be longer than the time you have."),
    Reason.CLOSING: mark("We may close before your turn. Would you like to book?"),
}

NOTICE = mark("The machine can do this, too.")
"""All that is said of a machine where the branch's dial stands at inform."""

CHOICES: Mapping[ChoiceKind, str] = {
    ChoiceKind.COUNTER: mark("I prefer the counter"),
    ChoiceKind.MACHINE: mark("At the machine"),
    ChoiceKind.MACHINE_WITH_HELP: mark("At the machine, with help"),
    ChoiceKind.PHONE: mark("On my phone"),
    ChoiceKind.COLLEAGUE: mark("With our staff in the hall"),
    ChoiceKind.SAME_ADVISER: mark("The same adviser as last time"),
    ChoiceKind.FIRST_FREE: mark("The first adviser who is free"),
    ChoiceKind.OTHER_BRANCH: mark("At another branch"),
    ChoiceKind.BOOKING: mark("Book a time"),
}
