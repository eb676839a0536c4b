"""Who makes a request: the sessions of people and the tokens of devices."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import structlog
from starlette.requests import HTTPConnection

from lobby.accounts.passwords import PasswordCheck
from lobby.clock import Clock, SystemClock
from lobby.settings import Settings
from lobby.store import people
from lobby.store.devices import Device, devices_by_token
from lobby.store.fresh_cache import FRESH_S, FreshCache
from lobby.store.people import Session, Staff
from lobby.store.store import Store
from lobby.supervision import Part, PartKind, Supervisor
from lobby.web.credentials import (
    bearer_hash,
    cookies_in,
    device_cookie,
    hash_of,
    new_token,
    session_cookie,
)
from lobby.web.rate_limit import Limit, RateLimiter

log = structlog.get_logger()

REFRESH_S = FRESH_S / 2
SEEN_EVERY = timedelta(minutes=1)
"""A session's life is prolonged this often at most: a write for each request would be a waste."""

SESSION_DAYS_MAX = timedelta(days=7)
"""However busy a session is, a week after signing in it ends."""

PER_ACCOUNT_AND_PLACE = Limit(tries=10, within_s=15 * 60)
PER_PLACE = Limit(tries=60, within_s=15 * 60)
"""A whole branch may come from one address, so this one is gentler."""

PAIRINGS_PER_PLACE = Limit(tries=10, within_s=5 * 60)
PAIRINGS_IN_ALL = Limit(tries=100, within_s=5 * 60)
"""In the five minutes a code lives, guessing finds it once in a million times."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who makes a request, and by which tokens (their hashes) that is known. A `newcomer` has come
    in by a password that somebody else drew: until they choose their own, they are nobody here."""

    staff: Staff | None = None
    device: Device | None = None
    session_hash: str | None = None
    device_hash: str | None = None
    newcomer: Staff | None = None


ANONYMOUS = Identity()


class Sessions:
    """Sessions and devices answer from memory. Its clock is the one on the wall: a code lives
    five minutes also where the branch's own clock runs fast. Event loop only."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        clock: Clock | None = None,
        supervisor: Supervisor | None = None,
    ) -> None:
        self._supervisor = supervisor or Supervisor()
        self.store = store
        self.clock = clock or SystemClock()
        self.session_cookie = session_cookie(secure=settings.secure)
        self.device_cookie = device_cookie(secure=settings.secure)
        self.passwords = PasswordCheck()
        self.sign_ins_per_account = RateLimiter(PER_ACCOUNT_AND_PLACE)
        self.sign_ins_per_place = RateLimiter(PER_PLACE)
        self.pairings_per_place = RateLimiter(PAIRINGS_PER_PLACE)
        self.pairings_in_all = RateLimiter(PAIRINGS_IN_ALL)
        self._session_life = timedelta(hours=settings.session_hours)
        self._sessions: FreshCache[Session] = FreshCache(store, people.sessions_by_token)
        self._devices: FreshCache[Device] = FreshCache(store, devices_by_token)
        self._seen: set[str] = set()
        self._refreshing: Part | None = None

    async def identify(self, cookie: str, authorization: str) -> Identity:
        """Raises nothing: who is not known is anonymous."""
        cookies = cookies_in(cookie)
        session_hash = self.session_cookie.token_hash(cookies)
        device_hash = bearer_hash(authorization) or self.device_cookie.token_hash(cookies)
        session = await self._session(session_hash) if session_hash else None
        device = await self._devices.find(device_hash) if device_hash else None
        if session is None and device is None:
            return ANONYMOUS
        self._keep_fresh()
        staff = session.staff if session else None
        if session is not None and session.must_choose:
            return Identity(None, device, session_hash, device_hash, newcomer=staff)
        return Identity(staff, device, session_hash, device_hash)

    def still_staff(self, identity: Identity) -> Staff | None:
        """The person, if they are still signed in; from memory, at most a second old."""
        session = self._sessions.recall(identity.session_hash) if identity.session_hash else None
        is_in = session and self._lives(session) and not session.must_choose
        return session.staff if session and is_in else None

    def still_device(self, identity: Identity) -> Device | None:
        return self._devices.recall(identity.device_hash) if identity.device_hash else None

    async def open_session(self, staff: Staff, place: str = "") -> str:
        """The token for the person's browser at this address; we keep its hash."""
        token, now = new_token(), self.clock.now()
        ends_at = now + self._session_life
        await self.store.write(
            lambda connection: people.open_session(
                connection, hash_of(token), staff.id, now, ends_at, place=place
            )
        )
        return token

    async def close_session(self, session_hash: str) -> None:
        await self.store.write(lambda connection: people.close_session(connection, session_hash))
        self._sessions.forget(session_hash)

    async def close_sessions_of(self, staff_id: int) -> None:
        await self.store.write(lambda connection: people.close_sessions_of(connection, staff_id))
        self.forget_staff(staff_id)

    def forget_staff(self, staff_id: int) -> None:
        """Something about the person has changed: ask the database again."""
        for key, session in self._sessions:
            if session.staff.id == staff_id:
                self._sessions.forget(key)

    def forget_device(self, device_hash: str | None) -> None:
        if device_hash is not None:
            self._devices.forget(device_hash)

    async def close(self) -> None:
        """Stop keeping fresh; may be called at any time, also twice."""
        if self._refreshing is not None:
            self._refreshing.stop()
            await asyncio.wait([self._refreshing.task])
            self._refreshing = None

    async def _session(self, session_hash: str) -> Session | None:
        session = await self._sessions.find(session_hash)
        if session is None or not self._lives(session):
            return None
        self._seen.add(session_hash)
        return session

    def _lives(self, session: Session) -> bool:
        return self.clock.now() < session.expires_at

    def _keep_fresh(self) -> None:
        """Begins with the first who is known and ends when nobody is left to ask about."""
        if self._refreshing is None or self._refreshing.is_over:
            self._refreshing = self._supervisor.start(
                PartKind.SESSIONS, self._refresh_for_ever, may_end=True
            )

    async def _refresh_for_ever(self) -> None:
        while len(self._sessions) or len(self._devices):
            await asyncio.sleep(REFRESH_S)
            try:
                await self._sessions.refresh()
                await self._devices.refresh()
                await self._prolong()
            except Exception as error:
                log.exception("sessions and devices could not be read again")
                if self._refreshing is not None:
                    self._refreshing.failed(error)
            else:
                if self._refreshing is not None:
                    self._refreshing.works()

    async def _prolong(self) -> None:
        """Note who was seen, all in one write."""
        now = self.clock.now()
        seen, self._seen = self._seen, set()
        ends = {
            key: min(now + self._session_life, session.created_at + SESSION_DAYS_MAX)
            for key, session in self._sessions
            if key in seen and now - session.last_seen_at >= SEEN_EVERY
        }
        if ends:
            await self.store.write(lambda connection: people.see_sessions(connection, ends, now))


def identity_of(connection: HTTPConnection) -> Identity:
    """Found out by the identification before any handler runs."""
    identity: Identity = connection.scope.get("state", {}).get("identity", ANONYMOUS)
    return identity


def preferred_language(connection: HTTPConnection) -> str | None:
    """The language that the person, or else the device, is set to."""
    identity = identity_of(connection)
    known = identity.staff or identity.device
    return known.language if known else None
