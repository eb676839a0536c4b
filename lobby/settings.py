"""The settings of this process, read once from `LOBBY_*`; a wrong value stops the start."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from lobby.settings_error import SettingsError as SettingsError
from lobby.summary_settings import SummarySettings, read_summary_settings

VERSION = "0.1.0"
STATIC_FILES = Path(__file__).parent.parent / "static"
POSTGRES_SCHEMES = ("postgresql+psycopg", "postgresql")
POSTGRES_EXAMPLE = "postgresql+psycopg://user@host/name"
LOOPBACK = ("127.0.0.1", "::1")
"""This machine itself, which nobody else can be."""

RECIPIENT = re.compile("age1[0-9a-z]{58}")
LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class PostgresUrl:
    """A PostgreSQL database, as `postgresql+psycopg://user@host/name`. Printed without password."""

    text: str = field(repr=False)

    def __str__(self) -> str:
        parts = urlsplit(self.text)
        place = parts.netloc.rpartition("@")[2]
        user = f"{parts.username}@" if parts.username else ""
        return f"postgresql://{user}{place}{parts.path}"


Database = Path | PostgresUrl
"""Where the branch's record is kept: in a file of SQLite, or in PostgreSQL."""


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Settings:
    """`build` changes with the program and its static files: screens reload when it does."""

    database: Database = Path("lobby.db")
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str | None = None
    allowed_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    """Beside those on this machine: addresses and networks whose word on who asks is taken."""
    environment: Environment = Environment.DEVELOPMENT
    log_level: str = "info"
    session_hours: float = 12.0
    close_out_min: int = 120
    """Out of hours nobody is served for two hours without any act in the whole branch."""
    metrics_token: str | None = None
    control_socket: Path | None = None
    """Where commands reach a server that runs, unless it is beside the database."""
    backup_folder: Path | None = None
    """Where a server puts backups by itself; nowhere unless it is set."""
    backup_every_min: int = 60
    backup_recipient: str | None = None
    """Of the key by which they are encrypted."""
    summary: SummarySettings | None = None
    build: str = field(default_factory=lambda: _build())

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """Raises `SettingsError`. A secret may also be named by a file, as in `..._FILE`."""
        return cls(
            database=_database("LOBBY_DATABASE", environ),
            host=environ.get("LOBBY_HOST", "127.0.0.1"),
            port=_whole_number("LOBBY_PORT", environ.get("LOBBY_PORT", "8080"), 1, 65535),
            public_url=_url("LOBBY_PUBLIC_URL", environ.get("LOBBY_PUBLIC_URL")),
            allowed_hosts=_words(environ.get("LOBBY_ALLOWED_HOSTS", "")),
            trusted_proxies=_networks(
                "LOBBY_TRUSTED_PROXIES", environ.get("LOBBY_TRUSTED_PROXIES", "")
            ),
            environment=_environment(environ.get("LOBBY_ENVIRONMENT", "development")),
            log_level=_log_level(environ.get("LOBBY_LOG_LEVEL", "info")),
            session_hours=_whole_number(
                "LOBBY_SESSION_HOURS", environ.get("LOBBY_SESSION_HOURS", "12"), 1, 168
            ),
            close_out_min=_whole_number(
                "LOBBY_CLOSE_OUT_MIN", environ.get("LOBBY_CLOSE_OUT_MIN", "120"), 15, 720
            ),
            metrics_token=_secret("LOBBY_METRICS_TOKEN", environ),
            control_socket=_path(environ.get("LOBBY_CONTROL_SOCKET")),
            backup_folder=_backup_folder(environ),
            backup_every_min=_whole_number(
                "LOBBY_BACKUP_EVERY_MIN", environ.get("LOBBY_BACKUP_EVERY_MIN", "60"), 5, 1440
            ),
            backup_recipient=_recipient(environ.get("LOBBY_BACKUP_RECIPIENT")),
            summary=read_summary_settings(environ, _secret),
        )

    @property
    def secure(self) -> bool:
        """Whether browsers reach us over HTTPS, so that cookies may be marked so."""
        return bool(self.public_url and self.public_url.startswith("https://"))

    @property
    def proxies(self) -> tuple[str, ...]:
        """Whose forwarded addresses are believed; nobody's where no proxy stands before us."""
        has_proxy = self.public_url is not None or self.trusted_proxies
        return (*LOOPBACK, *self.trusted_proxies) if has_proxy else ()

    @property
    def hosts(self) -> frozenset[str]:
        """Every name this house answers to, without ports, in lower case."""
        own = {"localhost", "127.0.0.1", "::1", *self.allowed_hosts}
        if self.public_url:
            own.add(urlsplit(self.public_url).hostname or "")
        if not _is_unspecified(self.host):
            own.add(self.host)
        return frozenset(name.lower() for name in own if name)


def _build() -> str:
    digest = hashlib.blake2b(VERSION.encode(), digest_size=6)
    for file in sorted(path for path in STATIC_FILES.rglob("*") if path.is_file()):
        digest.update(file.relative_to(STATIC_FILES).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _database(name: str, environ: Mapping[str, str]) -> Database:
    """A URL may hold a password, so a file may hold the URL."""
    in_file = _secret(name, environ) if environ.get(f"{name}_FILE") else None
    value = in_file or environ.get(name, "lobby.db")
    scheme = value.partition("://")[0] if "://" in value else ""
    if scheme in POSTGRES_SCHEMES:
        return _postgres(value)
    if scheme and not value.startswith("sqlite:///"):
        raise SettingsError(
            f"LOBBY_DATABASE begins with {scheme}://; it is a file, sqlite:///FILE or "
            f"{POSTGRES_EXAMPLE}."
        )
    path = Path(value.removeprefix("sqlite:///"))
    if not value or path.is_dir():
        raise SettingsError(f"LOBBY_DATABASE is {value!r}; it is a file, not a folder.")
    return path


def _postgres(value: str) -> PostgresUrl:
    parts = urlsplit(value)
    if len(parts.path) < 2:
        raise SettingsError(f"LOBBY_DATABASE names no database; it is like {POSTGRES_EXAMPLE}.")
    return PostgresUrl(f"{POSTGRES_SCHEMES[0]}://{value.partition('://')[2]}")


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None


def _backup_folder(environ: Mapping[str, str]) -> Path | None:
    folder = _path(environ.get("LOBBY_BACKUP_FOLDER"))
    if folder is not None and isinstance(_database("LOBBY_DATABASE", environ), PostgresUrl):
        raise SettingsError(
            "LOBBY_BACKUP_FOLDER is for a database in a file; of PostgreSQL, pg_dump makes copies."
        )
    if folder is not None and folder.exists() and not folder.is_dir():
        raise SettingsError(f"LOBBY_BACKUP_FOLDER is {str(folder)!r}, which is no folder.")
    return folder


def _recipient(value: str | None) -> str | None:
    """Its letters; whether it is one is looked at where backups are made."""
    if value and not RECIPIENT.fullmatch(value):
        raise SettingsError(
            "LOBBY_BACKUP_RECIPIENT is no recipient; `lobby backup --new-key FILE` prints one, "
            "which begins with age1."
        )
    return value or None


def _whole_number(name: str, value: str, low: int, high: int) -> int:
    if not value.isascii() or not value.isdecimal() or not low <= int(value) <= high:
        raise SettingsError(f"{name} is {value!r}; it is a whole number from {low} to {high}.")
    return int(value)


def _url(name: str, value: str | None) -> str | None:
    if not value:
        return None
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise SettingsError(f"{name} is {value!r}; it is like https://queue.bank.example.")
    return value.rstrip("/")


def _environment(value: str) -> Environment:
    try:
        return Environment(value)
    except ValueError:
        raise SettingsError(
            f"LOBBY_ENVIRONMENT is {value!r}; it is development or production."
        ) from None


def _log_level(value: str) -> str:
    if value.lower() not in LOG_LEVELS:
        raise SettingsError(f"LOBBY_LOG_LEVEL is {value!r}; it is one of {', '.join(LOG_LEVELS)}.")
    return value.lower()


def _words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def _networks(name: str, value: str) -> tuple[str, ...]:
    """Single addresses too. All of the internet is nobody's proxy."""
    for word in _words(value):
        try:
            network = ip_network(word)
        except ValueError:
            network = None
        if network is None or network.prefixlen == 0:
            raise SettingsError(
                f"{name} holds {word!r}; it is a list of addresses or networks of proxies, like "
                "10.0.0.5, 10.1.0.0/24."
            )
    return _words(value)


def _secret(name: str, environ: Mapping[str, str]) -> str | None:
    file = environ.get(f"{name}_FILE")
    if not file:
        return environ.get(name) or None
    try:
        return Path(file).read_text(encoding="utf-8").strip() or None
    except OSError as error:
        raise SettingsError(f"{name}_FILE names {file!r}, which cannot be read.") from error


def _is_unspecified(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False
