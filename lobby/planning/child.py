"""The process that plans: a question on its standard input, an answer on its standard output.

Questions and answers are pickled: they come from the server that started it, and go back to it.
"""

import os
import pickle
import sys

from lobby.planning.work import answer

LESS_THAN_THE_SERVER = 5
"""Steps of niceness: whoever serves customers goes first."""


def main() -> None:
    os.nice(LESS_THAN_THE_SERVER)
    question = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the server that started it
    pickle.dump(answer(question), sys.stdout.buffer)


if __name__ == "__main__":
    main()
