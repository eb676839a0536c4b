"""A minimal browser for the replay: one kept-alive connection, cookies and forms."""

import asyncio
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

PATIENCE_S = 30.0
"""An answer that takes longer is none."""

JSON = "application/json"


class NoAnswerError(Exception):
    """The house did not answer, or not in a way that a browser understands."""


class RefusedError(Exception):
    """The house answered, but not with what was asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    def json(self) -> Any:
        return json.loads(self.body)


class Browser:
    """Asks one thing at a time, as a person with one window does."""

    def __init__(self, host: str, port: int) -> None:
        self.origin = f"http://{host}:{port}"
        self._host, self._port = host, port
        self._cookies: dict[str, str] = {}
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._turn = asyncio.Lock()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    async def get(self, path: str, accept: str = "*/*") -> Answer:
        return await self._ask("GET", path, {"accept": accept}, b"")

    async def post(self, path: str, form: Mapping[str, Any], accept: str = JSON) -> Answer:
        """Sends a form under a key of its own. Raises `RefusedError` for anything but success
        or a redirection."""
        headers = {
            "accept": accept,
            "origin": self.origin,
            "content-type": "application/x-www-form-urlencoded",
            "idempotency-key": secrets.token_urlsafe(18),
        }
        answer = await self._ask("POST", path, headers, urlencode(form, doseq=True).encode())
        if not 200 <= answer.status < 400:
            said = answer.body.decode(errors="replace")[:200]
            raise RefusedError(f"POST {path} was answered {answer.status}: {said}")
        return answer

    async def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._reader = self._writer = None

    async def _ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """A connection that the house has closed meanwhile is opened again: an act carries a
        key, so asking twice is asking once. Raises `NoAnswerError`."""
        async with self._turn:
            request = self._request(method, path, headers, body)
            kept = self._writer is not None
            try:
                answer = await self._exchange(request)
            except (OSError, EOFError, ValueError) as error:
                await self.close()
                if not kept:
                    raise NoAnswerError(f"{method} {path}: {error!r}") from error
                answer = await self._exchange(request)
        self._keep(answer.cookies)
        return answer

    def _request(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
        sent = {"host": f"{self._host}:{self._port}", **headers}
        if self._cookies:
            sent["cookie"] = self.cookie
        if method == "POST":
            sent["content-length"] = str(len(body))
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {sent[name]}" for name in sent)]
        return "\r\n".join([*lines, "", ""]).encode() + body

    async def _exchange(self, request: bytes) -> Answer:
        async with asyncio.timeout(PATIENCE_S):
            if self._reader is None or self._writer is None:
                self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
            self._writer.write(request)
            answer = await read_answer(self._reader)
            if answer.headers.get("connection") == "close":
                await self.close()
            return answer

    def _keep(self, cookies: tuple[str, ...]) -> None:
        for cookie in cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name.strip()] = value.strip()


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    """Raises `EOFError` where the connection ends early, `ValueError` for what is no HTTP."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(head[0].split(" ", 2)[1])
    pairs = [line.partition(":")[::2] for line in head[1:] if line]
    named = [(name.strip().lower(), value.strip()) for name, value in pairs]
    headers = dict(named)
    cookies = tuple(value for name, value in named if name == "set-cookie")
    return Answer(status, headers, await _read_body(reader, headers), cookies)


async def _read_body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    chunks: list[bytes] = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        chunks.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(chunks)
