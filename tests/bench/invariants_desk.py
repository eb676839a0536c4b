"""A counter as the model of the random acts knows it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.invariants_model import Visit


class Desk:
    """A counter: who sits there, with whom, and the act that may be taken back: the ticket as it
    was before, and the version."""

    __slots__ = (
        "id",
        "is_left",
        "is_open",
        "is_paused",
        "is_premium",
        "last",
        "services",
        "teller",
        "ticket",
    )

    def __init__(self, counter: str, *, is_premium: bool) -> None:
        self.id = counter
        self.is_premium = is_premium
        self.is_open = self.is_paused = self.is_left = False
        self.teller: str | None = None
        self.services: tuple[str, ...] = ()
        self.ticket: str | None = None
        self.last: tuple[Visit, int] | None = None

    @property
    def is_attended(self) -> bool:
        return self.is_open and not self.is_left

    @property
    def serves(self) -> bool:
        return self.is_attended and not self.is_paused

    def close(self) -> None:
        self.is_open = self.is_paused = self.is_left = False
        self.teller, self.services = None, ()
