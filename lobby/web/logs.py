"""Log lines: text for people while developing, JSON for machines in production, never a secret."""

import logging
import re
import sys
from contextvars import ContextVar
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from lobby.settings import Environment, Settings

HIDDEN = "(hidden)"
SECRET_NAMES = frozenset({"authorization", "code", "cookie", "key", "password", "secret", "token"})
SECRET_TEXTS = re.compile(
    r"(?P<before>/t/|(?:lobby-session|lobby-device|lobby-first-run|[?&]code)=|[Bb]earer )"
    r"[^\s/?&\"';,)]+"
)
"""A customer's address, the cookies, codes in addresses, and tokens of devices, wherever they stand
in a line."""

SAID_ELSEWHERE = ("Exception in ASGI application", "Invalid HTTP request received.")
"""uvicorn's lines about a request whose error we log ourselves, or of which a flood could fill
the disk."""

request_id: ContextVar[str] = ContextVar("request_id")
"""Which request a line belongs to."""


def name_request(_logger: Any, _method: str, line: EventDict) -> EventDict:
    current = request_id.get("")
    if current:
        line["request_id"] = current
    return line


SHARED: list[Processor] = [
    name_request,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.stdlib.ExtraAdder(allow=()),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Route everything, uvicorn's and the standard library's lines too, through one formatter."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(settings.environment, colours=stream.isatty()))
    handler.addFilter(_is_said_here)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level.upper())
    logging.getLogger("uvicorn").handlers = []


def hide_secrets(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """By the name of a value, and inside every text: exceptions quote what they choked on."""
    for name, value in line.items():
        if name in SECRET_NAMES:
            line[name] = HIDDEN
        elif isinstance(value, str):
            line[name] = SECRET_TEXTS.sub(rf"\g<before>{HIDDEN}", value)
    return line


def _formatter(environment: Environment, *, colours: bool) -> logging.Formatter:
    last: list[Processor] = (
        [structlog.processors.JSONRenderer(ensure_ascii=False)]
        if environment is Environment.PRODUCTION
        else [structlog.dev.ConsoleRenderer(colors=colours)]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            hide_secrets,
            *last,
        ],
    )


def _is_said_here(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith(SAID_ELSEWHERE)
