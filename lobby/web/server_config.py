"""How uvicorn serves the application: with our own protocols, limits and proxies."""

from typing import Any

import uvicorn
from starlette.applications import Starlette

from lobby.settings import Settings
from lobby.web.http_limits import LimitedProtocol
from lobby.web.limits import KEEP_ALIVE_S
from lobby.web.websocket import OPTIONS, LiveSocket


def server_config(app: Starlette, settings: Settings, **overrides: Any) -> uvicorn.Config:
    """Nothing is left to uvicorn's defaults that matters. Forwarded addresses are believed of
    proxies alone: those on this machine, and those that the settings name."""
    options: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "loop": "uvloop",
        "http": LimitedProtocol,
        "ws": LiveSocket,
        **OPTIONS,
        "lifespan": "on",
        "log_config": None,
        "access_log": False,
        "proxy_headers": bool(settings.proxies),
        "forwarded_allow_ips": list(settings.proxies),
        "server_header": False,
        "date_header": True,
        "timeout_keep_alive": KEEP_ALIVE_S,
        "timeout_graceful_shutdown": 5,
        "workers": 1,
    }
    return uvicorn.Config(app, **options | overrides)
