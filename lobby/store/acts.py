"""One act as it is known again: by whom it was sent, under which key, and what was asked."""

from dataclasses import dataclass
from functools import cached_property

from lobby.store.errors import KeyReusedError
from lobby.store.kinds import ActorKind
from lobby.store.log import scoped_key


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts; kept with every event."""

    kind: ActorKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


SENT = "sent:"
"""Before what was asked of an act as it was sent, which cannot be compared with an act's command:
older programs kept that one."""


@dataclass(frozen=True)
class KeyedAct:
    """`asked` tells what was asked from all else that may be asked under the same key."""

    actor: Actor
    key: str
    asked: str

    @cached_property
    def scoped_key(self) -> str:
        return scoped_key(self.actor.kind, self.actor.id, self.key)

    def check(self, fingerprint: str) -> None:
        """Raises `KeyReusedError` where the key was used for something else."""
        is_comparable = fingerprint.startswith(SENT) == self.asked.startswith(SENT)
        if is_comparable and fingerprint != self.asked:
            raise KeyReusedError(self.key)
