"""What became of the last writes: readiness believes what acts have met."""

from time import monotonic

from lobby.store.errors import Trouble

NEVER_S = float("-inf")


class WriteHealth:
    """Noted in the writer's thread, read from anywhere; times are of the monotonic clock."""

    def __init__(self) -> None:
        self.succeeded_at_s = NEVER_S
        self.failed_at_s = NEVER_S
        self.trouble: Trouble | None = None
        """Of the last write, if it failed."""
        self.failures = 0

    def succeeded(self) -> None:
        self.succeeded_at_s = monotonic()
        self.trouble = None

    def failed(self, trouble: Trouble) -> None:
        self.failed_at_s = monotonic()
        self.trouble = trouble
        self.failures += 1
