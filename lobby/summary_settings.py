"""Where summaries of days that ended go: into a folder, and by mail to whom."""

import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from lobby.settings_error import SettingsError

ADDRESS = re.compile(r"[^\s@,;=<>\"]+@[^\s@,;=<>\"]+")
BRANCH = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
"""As branches are named in `lobby.catalogue.labels`."""
RECIPIENT = re.compile(rf"(?:(?P<branch>{BRANCH})=)?(?P<address>{ADDRESS.pattern})", re.ASCII)
DEFAULT_PORTS = {"starttls": "587", "tls": "465", "none": "25"}

Secret = Callable[[str, Mapping[str, str]], str | None]


class Encryption(StrEnum):
    """`NONE` is for a relay on this machine or in a network of its own."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Recipient:
    """`branch` is empty for whoever gets the summaries of all."""

    address: str
    branch: str = ""


@dataclass(frozen=True, slots=True)
class MailSettings:
    host: str
    port: int
    encryption: Encryption
    sender: str
    recipients: tuple[Recipient, ...]
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def branches(self) -> frozenset[str]:
        """Those that somebody is named for."""
        return frozenset(each.branch for each in self.recipients if each.branch)

    def to(self, branch_id: str) -> tuple[str, ...]:
        return tuple(each.address for each in self.recipients if each.branch in ("", branch_id))


@dataclass(frozen=True, slots=True)
class SummarySettings:
    folder: Path
    mail: MailSettings | None = None


def read_summary_settings(environ: Mapping[str, str], secret: Secret) -> SummarySettings | None:
    """None where no folder is set. Raises `SettingsError`."""
    folder = environ.get("LOBBY_SUMMARY_FOLDER")
    if not folder:
        if environ.get("LOBBY_SMTP_HOST"):
            raise SettingsError(
                "LOBBY_SMTP_HOST needs LOBBY_SUMMARY_FOLDER, where it is kept what was sent."
            )
        return None
    _check_folder(folder)
    return SummarySettings(Path(folder), _mail(environ, secret))


def _check_folder(folder: str) -> None:
    """One that is not there yet is made when the first summary is."""
    try:
        mode = Path(folder).stat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise SettingsError(
            f"LOBBY_SUMMARY_FOLDER is {folder!r}, which cannot be reached: {error.strerror}."
        ) from error
    if not stat.S_ISDIR(mode):
        raise SettingsError(f"LOBBY_SUMMARY_FOLDER is {folder!r}, which is no folder.")


def _mail(environ: Mapping[str, str], secret: Secret) -> MailSettings | None:
    host = environ.get("LOBBY_SMTP_HOST")
    if not host:
        return None
    encryption = environ.get("LOBBY_SMTP_ENCRYPTION", Encryption.STARTTLS)
    if encryption not in DEFAULT_PORTS:
        raise SettingsError(
            f"LOBBY_SMTP_ENCRYPTION is {encryption!r}; it is starttls, tls or none."
        )
    port = environ.get("LOBBY_SMTP_PORT", DEFAULT_PORTS[encryption])
    if not port.isascii() or not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise SettingsError(f"LOBBY_SMTP_PORT is {port!r}; it is a whole number from 1 to 65535.")
    sender = environ.get("LOBBY_SMTP_FROM", "")
    if not ADDRESS.fullmatch(sender):
        raise SettingsError(f"LOBBY_SMTP_FROM is {sender!r}; it is like lobby@bank.example.")
    user, password = environ.get("LOBBY_SMTP_USER") or None, secret("LOBBY_SMTP_PASSWORD", environ)
    if user and encryption == Encryption.NONE:
        raise SettingsError("LOBBY_SMTP_USER signs in, and without encryption anybody could read.")
    return MailSettings(
        *(host, int(port), Encryption(encryption), sender),
        recipients=tuple(_recipients(environ.get("LOBBY_SUMMARY_TO", ""))),
        user=user,
        password=password,
    )


def _recipients(text: str) -> list[Recipient]:
    words = [word.strip() for word in text.split(",") if word.strip()]
    found = [RECIPIENT.fullmatch(word) for word in words]
    for word, match in zip(words, found, strict=True):
        if match is None:
            raise SettingsError(
                f"LOBBY_SUMMARY_TO holds {word!r}; it is a list like head@bank.example, "
                "riverside=minh@bank.example."
            )
    if not found:
        raise SettingsError("LOBBY_SUMMARY_TO names nobody; it is a list like head@bank.example.")
    return [Recipient(match["address"], match["branch"] or "") for match in found if match]
