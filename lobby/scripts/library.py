"""The branch's scripts by situation, in all versions, with their votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lobby.scripts.situations import Situation
from lobby.scripts.starter_set import start_set
from lobby.store.scripts import ScriptVersion, Votes, script_versions, script_votes
from lobby.store.store import Store

START = 0
"""The version that came with the program; a branch counts its own from one."""


@dataclass(frozen=True, slots=True)
class Script:
    """One version. `at` and `by` are None for the one that came with the program."""

    situation: Situation
    version: int
    texts: Mapping[str, str]
    at: datetime | None
    by: str | None
    votes: Votes
    is_newest: bool


Library = Mapping[Situation, tuple[Script, ...]]
"""All versions by situation, the newest first; there is always one at least."""


async def library(store: Store, branch_id: str) -> Library:
    written = await store.read(lambda connection: script_versions(connection, branch_id))
    votes = await store.read(lambda connection: script_votes(connection, branch_id))
    return {
        situation: _versions(
            situation, [script for script in written if script.situation == situation], votes
        )
        for situation in Situation
    }


def _versions(
    situation: Situation, written: list[ScriptVersion], votes: Mapping[tuple[str, int], Votes]
) -> tuple[Script, ...]:
    first = ScriptVersion(situation, START, start_set()[situation], None, None)
    newest_first = sorted([first, *written], key=lambda script: -script.version)
    return tuple(
        Script(
            situation=situation,
            version=each.version,
            texts=each.texts,
            at=each.at,
            by=each.by,
            votes=votes.get((situation, each.version), Votes()),
            is_newest=each is newest_first[0],
        )
        for each in newest_first
    )
