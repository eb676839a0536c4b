"""Summaries as mails: each is sent once, and a mark in the folder remembers it."""

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import structlog

from lobby.reports.mail import Mail, send
from lobby.reports.summary import Summary
from lobby.summary_settings import MailSettings

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the summary of a day lies, and the mark that it was mailed."""

    folder: Path
    branch_id: str
    day: date

    @property
    def page(self) -> Path:
        return self.folder / f"summary-{self.branch_id}-{self.day}.html"

    @property
    def mailed(self) -> Path:
        return self.page.with_suffix(".mailed")


class Letters:
    """One thread at a time. `refused` says of the last mail of a branch whom the server refused."""

    def __init__(self, settings: MailSettings | None) -> None:
        self.refused: dict[str, str] = {}
        self._settings = settings
        self._sent: set[Place] = set()

    def is_due(self, place: Place) -> bool:
        if self._settings is None or not self._settings.to(place.branch_id):
            return False
        return place not in self._sent and not place.mailed.exists()

    def send_once(self, place: Place, summary: Summary, now: datetime) -> None:
        """The mark is drafted first: what cannot be remembered is not sent. Blocks; raises
        `MailError` and `OSError`."""
        assert self._settings is not None, "nothing is due without a server"
        to = self._settings.to(place.branch_id)
        draft = drafted(place.mailed, "\n".join(to))
        letter = Mail(to, summary.subject, summary.text, summary.page, place.page.name)
        try:
            refused = send(letter, self._settings, now)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        self._sent.add(place)
        self._note(place, to, refused)
        os.replace(draft, place.mailed)  # noqa: PTH105 - as a move over what is there

    def _note(self, place: Place, to: tuple[str, ...], refused: tuple[str, ...]) -> None:
        about = {"branch": place.branch_id, "day": str(place.day)}
        log.info("a summary was mailed", **about, to=len(to) - len(refused))
        self.refused.pop(place.branch_id, None)
        if refused:
            log.warning("recipients were refused", **about, count=len(refused), refused=refused)
            self.refused[place.branch_id] = (
                f"{place.branch_id}: the mail server refused {len(refused)} of {len(to)}"
                f" recipients: {', '.join(refused)}"
            )


def drafted(path: Path, text: str) -> Path:
    """Written beside `path`, for whoever runs Lobby alone to read; to be moved over it."""
    draft = path.with_suffix(f"{path.suffix}.part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600, exist_ok=False)
    draft.write_text(text, "utf-8")
    return draft
