"""The command line's end of the socket."""

from contextlib import closing

import msgspec

from lobby.control.messages import ANSWER, ANSWER_WITHIN_S, Answer, Asked, Unsure, line_of
from lobby.control.place import connect_to, socket_path
from lobby.settings import Settings


def ask_server(settings: Settings, asked: Asked) -> Answer | None:
    """None where no server listens; `Unsure` where one took it and did not say what became of
    it."""
    connected = connect_to(socket_path(settings), ANSWER_WITHIN_S)
    if connected is None:
        return None
    with closing(connected):
        try:
            connected.sendall(line_of(asked))
            with connected.makefile("rb") as lines:
                answer: Answer = ANSWER.decode(lines.readline())
                return answer
        except (OSError, msgspec.MsgspecError):
            return Unsure()
