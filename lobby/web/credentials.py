"""The tokens by which a browser is known again: random, kept here only as hashes."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from starlette.responses import Response

TOKEN_LENGTH = 43
"""256 random bits in URL-safe base64."""

YEAR_S = 365 * 24 * 3600


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """Plain SHA-256 is enough for a token: 256 random bits cannot be guessed at any speed."""
    return sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie that scripts cannot read. With HTTPS its name binds it to this one host."""

    name: str
    secure: bool
    lasts_s: int | None = None
    same_site: Literal["lax", "strict"] = "strict"

    def put(self, response: Response, value: str, path: str = "/") -> None:
        """`path` is where it is sent to, and what lies below."""
        response.set_cookie(
            self.name,
            value,
            max_age=self.lasts_s,
            path=path,
            secure=self.secure,
            httponly=True,
            samesite=self.same_site,
        )

    def drop(self, response: Response) -> None:
        response.delete_cookie(
            self.name, secure=self.secure, httponly=True, samesite=self.same_site
        )

    def token_hash(self, cookies: Mapping[str, str]) -> str | None:
        """The hash of the token that a request's cookies carry for us."""
        token = cookies.get(self.name, "")
        return hash_of(token) if len(token) == TOKEN_LENGTH else None


def cookies_in(header: str) -> dict[str, str]:
    """A `Cookie` header by names; of two cookies with one name the first counts."""
    cookies: dict[str, str] = {}
    for part in header.split(";"):
        name, _, value = part.strip().partition("=")
        cookies.setdefault(name, value)
    return cookies


def session_cookie(*, secure: bool) -> Cookie:
    """Ends with the browser; how long the session itself lasts is kept on our side."""
    return Cookie(_bound("lobby-session", secure=secure), secure)


def device_cookie(*, secure: bool) -> Cookie:
    return Cookie(_bound("lobby-device", secure=secure), secure, lasts_s=YEAR_S)


def bearer_hash(authorization: str) -> str | None:
    """For devices that are no browsers: the same token in an `Authorization` header."""
    scheme, _, token = authorization.partition(" ")
    return hash_of(token) if scheme.lower() == "bearer" and len(token) == TOKEN_LENGTH else None


def _bound(name: str, *, secure: bool) -> str:
    return f"__Host-{name}" if secure else name
