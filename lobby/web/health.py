"""Answers for whoever watches the process: it answers, acts can be done, and its figures."""

import hmac
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from lobby.i18n.texts import mark
from lobby.readiness import Readiness
from lobby.settings import LOOPBACK
from lobby.supervision import Part
from lobby.web.commands import json_response, wants_json
from lobby.web.house_words import HAPPENED
from lobby.web.metrics import exposition
from lobby.web.services import Services, services_of

READY = "Ready: acts can be done."
NOT_FOR_YOU = mark("These figures are for the monitoring system.")


async def alive(_request: Request) -> Response:
    """The process answers; whether it can do anything is for `/readyz` to say."""
    return PlainTextResponse("Alive.\n")


async def ready(request: Request) -> Response:
    """200 or 503, with the reason in words; as JSON also how each part is. What went wrong in a
    part is for the machine itself and whoever has the token."""
    services = services_of(request)
    readiness = await services.readiness.now()
    status = 503 if readiness.trouble else 200
    sentence = f"Not ready. {HAPPENED[readiness.trouble]}" if readiness.trouble else READY
    if not wants_json(request):
        failing = {part.kind for part in services.supervisor.parts if part.is_failing}
        words = f"{sentence} Failing: {', '.join(sorted(failing))}." if failing else sentence
        return PlainTextResponse(f"{words}\n", status)
    in_full = _may_read(request, services.settings.metrics_token)
    return json_response(_detail(services, readiness, sentence, in_full=in_full), status)


async def figures(request: Request) -> Response:
    """For this machine itself, or with the token of LOBBY_METRICS_TOKEN."""
    services = services_of(request)
    if not _may_read(request, services.settings.metrics_token):
        raise HTTPException(403, NOT_FOR_YOU)
    return Response(exposition(services), media_type=CONTENT_TYPE_LATEST)


def _detail(
    services: Services, readiness: Readiness, sentence: str, *, in_full: bool
) -> dict[str, Any]:
    writer = {"name": "writer", "works": services.store.writer.is_alive}
    parts = [_part(part, in_full=in_full) for part in services.supervisor.parts]
    return {
        "ready": readiness.trouble is None,
        "reason": readiness.trouble,
        "since": readiness.since,
        "sentence": sentence,
        "parts": [writer, *parts],
    }


def _part(part: Part, *, in_full: bool) -> dict[str, Any]:
    """Printers have addresses in their names, which are nobody else's business."""
    works = not part.is_failing
    if not in_full:
        return {"name": part.kind, "works": works}
    return {
        "name": part.name,
        "works": works,
        "failures": part.failures,
        "last_failure": part.last_failure,
        "failed_at": part.failed_at,
    }


def _may_read(request: Request, token: str | None) -> bool:
    given = request.headers.get("authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    if services_of(request).settings.proxies:
        return False  # through a proxy everybody may seem to come from this machine
    return request.client is not None and request.client.host in LOOPBACK


routes = [
    Route("/healthz", alive),
    Route("/readyz", ready),
    Route("/metrics", figures),
]
