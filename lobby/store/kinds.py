"""Kinds and states of rows that no rule of the queue owns: people, devices, things lost."""

from enum import StrEnum


class ActorKind(StrEnum):
    """Who acted."""

    STAFF = "staff"
    DEVICE = "device"
    CUSTOMER = "customer"
    SYSTEM = "system"


class Role(StrEnum):
    """An auditor reads what is over and changes nothing."""

    TELLER = "teller"
    LOBBY_MANAGER = "lobby_manager"
    BRANCH_HEAD = "branch_head"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class StaffChangeKind(StrEnum):
    """What was done to an account. `RESET`: somebody else drew a password for one sign-in;
    `PASSWORD`: a new one of the person's own; `SESSIONS`: browsers were signed out."""

    ADDED = "added"
    CHANGED = "changed"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    RESET = "reset"
    REMOVED = "removed"
    RETURNED = "returned"
    PASSWORD = "password"  # noqa: S105 - a word for what was done
    SESSIONS = "sessions"


class DeviceKind(StrEnum):
    KIOSK = "kiosk"
    DISPLAY = "display"
    MACHINE = "machine"


class Direction(StrEnum):
    """Whether a thing was found here, or is missed by a customer."""

    FOUND = "found"
    MISSED = "missed"


class ItemState(StrEnum):
    OPEN = "open"
    RETURNED = "returned"
    CLOSED = "closed"


class AdviceKind(StrEnum):
    """Of a counter."""

    OPEN = "open"
    CLOSE = "close"


class AdviceOutcome(StrEnum):
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class EpochCause(StrEnum):
    """Why version numbers of a branch began to mean something else."""

    FOUNDED = "founded"
    RESTORED = "restored"
    COPIED = "copied"


class SlipState(StrEnum):
    """How far a slip has come on its way to paper. `SENT`: the printer may have it, and has not
    said that it is done; `UNKNOWN`: nobody will ever know. A slip of the last three is settled."""

    PENDING = "pending"
    SENT = "sent"
    PRINTED = "printed"
    NOT_PRINTED = "not_printed"
    UNKNOWN = "unknown"


class RollupPart(StrEnum):
    """What of a day a roll-up sums."""

    DAY = "day"
    HALF_HOUR = "half_hour"
    SERVICE_HALF_HOUR = "service_half_hour"
    SERVICE = "service"
    POOL = "pool"
    COUNTER = "counter"
    CHANNEL = "channel"
    PRIORITY = "priority"
