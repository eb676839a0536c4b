"""How often a branch's waits are worked out anew, and how long that may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefreshSchedule:
    """How often snapshots are made, and how long one may take; tests hurry them. How old one may
    be goes by the branch's clock, everything else by the wall's. Each rests `rests` times its own
    length, so that the fullest hall takes a tenth of a core, yet no longer than `rest_most_s`."""

    least_s: float = 1.0
    rests: float = 9.0
    rest_most_s: float = 15.0
    look_s: float = 5.0
    old_while_waiting_s: float = 15.0
    old_while_quiet_s: float = 60.0
    patience_s: float = 5.0
    lesson_patience_s: float = 300.0
    after_failure_s: float = 15.0
    at_start_s: float = 1.0

    def turn_s(self, took_s: float, *, failed: bool) -> float:
        """From the beginning of one turn to that of the next, at least."""
        if failed:
            return self.after_failure_s
        return max(self.least_s, took_s + min(self.rests * took_s, self.rest_most_s))
