"""The server is run with nothing left to chance."""

from starlette.applications import Starlette

from lobby.settings import Settings
from lobby.web.http_limits import LimitedProtocol
from lobby.web.server_config import server_config
from lobby.web.websocket import LiveSocket


def test_everything_that_matters_is_pinned() -> None:
    config = server_config(Starlette(), Settings())
    assert (config.http, config.ws) == (LimitedProtocol, LiveSocket)
    assert config.loop == "uvloop"
    assert (config.ws_max_size, config.ws_per_message_deflate) == (4096, False)
    assert (config.ws_ping_interval, config.ws_ping_timeout) == (10, 10)
    assert (config.timeout_keep_alive, config.timeout_graceful_shutdown) == (65, 5)
    assert (config.server_header, config.access_log, config.proxy_headers) == (False, False, False)
    assert server_config(Starlette(), Settings(public_url="http://a.example")).proxy_headers


def test_a_proxy_on_another_machine_is_believed_once_it_is_named() -> None:
    config = server_config(Starlette(), Settings(trusted_proxies=("10.1.0.0/24",)))
    assert config.proxy_headers
    assert config.forwarded_allow_ips == ["127.0.0.1", "::1", "10.1.0.0/24"]
