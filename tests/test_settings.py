"""A wrong setting stops the start with one sentence that names it."""

from pathlib import Path

import pytest

from lobby.settings import Environment, Settings, SettingsError


def test_it_needs_no_setting_at_all() -> None:
    settings = Settings.read({})
    assert settings.database == Path("lobby.db")
    assert settings.environment is Environment.DEVELOPMENT
    assert settings.hosts == {"localhost", "127.0.0.1", "::1"}
    assert not settings.secure


def test_it_reads_what_is_set() -> None:
    settings = Settings.read(
        {
            "LOBBY_DATABASE": "sqlite:///data/branch.db",
            "LOBBY_HOST": "0.0.0.0",
            "LOBBY_PORT": "8443",
            "LOBBY_PUBLIC_URL": "https://Queue.Bank.example/",
            "LOBBY_ALLOWED_HOSTS": "10.0.0.5, lobby.lan",
            "LOBBY_ENVIRONMENT": "production",
        }
    )
    assert settings.database == Path("data/branch.db")
    assert settings.port == 8443
    assert settings.secure
    assert settings.hosts >= {"queue.bank.example", "10.0.0.5", "lobby.lan"}
    assert "0.0.0.0" not in settings.hosts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOBBY_PORT", "http"),
        ("LOBBY_PORT", "0"),
        ("LOBBY_PORT", "65536"),
        ("LOBBY_PUBLIC_URL", "queue.bank.example"),
        ("LOBBY_PUBLIC_URL", "https://queue.bank.example/lobby"),
        ("LOBBY_TRUSTED_PROXIES", "proxy.bank.example"),
        ("LOBBY_TRUSTED_PROXIES", "10.0.0.5, *"),
        ("LOBBY_TRUSTED_PROXIES", "0.0.0.0/0"),
        ("LOBBY_TRUSTED_PROXIES", "10.1.0.5/24"),
        ("LOBBY_ENVIRONMENT", "prod"),
        ("LOBBY_LOG_LEVEL", "chatty"),
        ("LOBBY_SESSION_HOURS", "0"),
        ("LOBBY_CLOSE_OUT_MIN", "5"),
        ("LOBBY_DATABASE", "mysql://somewhere"),
        ("LOBBY_DATABASE", "/"),
        ("LOBBY_METRICS_TOKEN_FILE", "/no/such/file"),
    ],
)
def test_it_names_the_setting_that_is_wrong(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as said:
        Settings.read({name: value})
    assert str(said.value).count(". ") == 0


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("open sesame\n", encoding="utf-8")
    assert Settings.read({"LOBBY_METRICS_TOKEN_FILE": str(file)}).metrics_token == "open sesame"


def test_the_build_names_the_static_files() -> None:
    assert Settings().build == Settings().build
    assert len(Settings().build) == 12
