"""One act on the tablet, read once: who acts, the form's fields, its key, and the ways to answer.

Most acts are one line: read the fields, name the command, `perform` it, and say which page follows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from lobby import typed_text
from lobby.branch import Outcome
from lobby.branch_work import Follow
from lobby.floor.tablet.request import TabletRequest
from lobby.i18n.texts import mark
from lobby.queueing.commands.command import Command
from lobby.screens.ticket_numbers import ticket_number
from lobby.store.store import Connection
from lobby.web.commands import FormFields, SentAct, command_response

UNKNOWN_TICKET = mark("There is no such ticket today. Nothing was changed.")
KEY_SHOWN = 12
"""Letters of the key in an address: enough to tell two acts apart."""

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class TabletAct:
    """`sent` is the same when a form is sent twice; None for a form that says the same when it is
    repeated, such as one of settings."""

    tablet: TabletRequest
    form: FormFields
    sent: SentAct | None = None

    @property
    def me(self) -> str:
        return self.tablet.me

    def path(self, name: str) -> Any:
        """What stands in the address: a ticket's number, the id of a call."""
        return self.tablet.path(name)

    def text(self, name: str) -> str:
        """As it was sent; empty where the form has no such field."""
        return self.form.get(name, "")

    def choice(self, kind: type[E], name: str) -> E:
        """One of a closed set; 400 for anything else."""
        try:
            return kind(self.text(name))
        except ValueError:
            raise HTTPException(400) from None

    def whole_number(self, name: str, digits_max: int) -> int:
        """From 0 on; 400 for anything else."""
        number = typed_text.whole_number(self.text(name), digits_max=digits_max)
        if number is None:
            raise HTTPException(400)
        return number

    def line(self, name: str, length_max: int) -> str:
        """Words without line breaks and double spaces; 400 where they are longer."""
        text = typed_text.words(self.text(name))
        if len(text) > length_max:
            raise HTTPException(400)
        return text

    def ticket_number(self, name: str = "number") -> str | None:
        """As people type it; None where nothing was typed, 404 where it is no ticket of today."""
        typed = self.text(name)
        number = ticket_number(self.tablet.hall, typed)
        if typed.strip() and number is None:
            raise HTTPException(404, UNKNOWN_TICKET)
        return number

    @property
    def _sent(self) -> SentAct:
        assert self.sent is not None, "only what has a key is done once"
        return self.sent

    async def first_outcome(self) -> Outcome | None:
        return await self._sent.first_outcome()

    async def first_record(self) -> str | None:
        return await self._sent.first_record(self.tablet.store)

    async def perform(self, command: Command, follow: Follow | None = None) -> Outcome:
        """Raises a `Refusal`. What `follow` names is done in the same commit."""
        return await self._sent.perform(command, follow)

    @property
    def record_key(self) -> str:
        """The key as rows keep it: each actor has keys of their own."""
        return self._sent.keyed.scoped_key

    async def record(self, work: Callable[[Connection], object]) -> str:
        """What `work` writes is written once; its answer is kept, as a word, for whoever asks
        again."""
        return await self._sent.record(self.tablet.store, self.tablet.now, work)

    def answer(self, page: str) -> Response:
        """To the page that follows."""
        return command_response(self.tablet.connection, page)

    def reloaded(self, page: str) -> str:
        """A page that no socket keeps true: an address of its own for each act, so that a browser
        which is on that page already opens it again."""
        return f"{page}?{urlencode({'after': self._sent.keyed.key[:KEY_SHOWN]})}"
