"""Where summaries go, as the environment says it: wrong values stop the start with a sentence."""

import os
from pathlib import Path

import pytest

from lobby.settings import Settings, SettingsError
from lobby.summary_settings import Encryption, MailSettings, Recipient

MAIL = {
    "LOBBY_SUMMARY_FOLDER": "/tmp/summaries",
    "LOBBY_SMTP_HOST": "mail.bank.example",
    "LOBBY_SMTP_FROM": "lobby@bank.example",
    "LOBBY_SUMMARY_TO": "head@bank.example, riverside=minh@bank.example",
}


def test_without_a_folder_there_are_no_summaries() -> None:
    assert Settings.read({}).summary is None


def test_a_folder_alone_is_enough() -> None:
    summary = Settings.read({"LOBBY_SUMMARY_FOLDER": "/tmp/summaries"}).summary
    assert summary is not None
    assert (summary.folder, summary.mail) == (Path("/tmp/summaries"), None)


def test_it_reads_to_whom_and_by_which_server(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hush\n", "utf-8")
    more = {"LOBBY_SMTP_USER": "lobby", "LOBBY_SMTP_PASSWORD_FILE": str(secret)}
    summary = Settings.read(MAIL | more).summary
    assert summary is not None
    assert summary.mail == MailSettings(
        *("mail.bank.example", 587, Encryption.STARTTLS, "lobby@bank.example"),
        recipients=(Recipient("head@bank.example"), Recipient("minh@bank.example", "riverside")),
        user="lobby",
        password="hush",
    )
    assert "hush" not in repr(summary)
    assert summary.mail.to("riverside") == ("head@bank.example", "minh@bank.example")
    assert summary.mail.to("harbour") == ("head@bank.example",)


def test_it_takes_each_id_that_a_branch_may_have() -> None:
    summary = Settings.read(MAIL | {"LOBBY_SUMMARY_TO": "hn.01_a-b=minh@bank.example"}).summary
    assert summary is not None and summary.mail is not None
    assert summary.mail.branches == {"hn.01_a-b"}
    assert summary.mail.to("hn.01_a-b") == ("minh@bank.example",)


def test_a_folder_below_one_that_is_locked_stops_the_start_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = Path.stat

    def locked(path: Path) -> os.stat_result:
        if str(path) == MAIL["LOBBY_SUMMARY_FOLDER"]:
            raise PermissionError(13, "Permission denied")
        return plain(path)

    monkeypatch.setattr(Path, "stat", locked)
    with pytest.raises(SettingsError, match="cannot be reached: Permission denied"):
        Settings.read(MAIL)


@pytest.mark.parametrize(("encryption", "port"), [("tls", 465), ("starttls", 587), ("none", 25)])
def test_the_port_goes_with_the_encryption(encryption: str, port: int) -> None:
    summary = Settings.read(MAIL | {"LOBBY_SMTP_ENCRYPTION": encryption}).summary
    assert summary is not None and summary.mail is not None
    assert summary.mail.port == port


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"LOBBY_SUMMARY_FOLDER": ""}, "LOBBY_SMTP_HOST needs LOBBY_SUMMARY_FOLDER"),
        ({"LOBBY_SUMMARY_FOLDER": __file__}, "which is no folder"),
        (
            {"LOBBY_SUMMARY_FOLDER": f"{__file__}/below"},
            "which cannot be reached: Not a directory.",
        ),
        ({"LOBBY_SMTP_ENCRYPTION": "ssl"}, "'ssl'; it is starttls, tls or none"),
        ({"LOBBY_SMTP_PORT": "0"}, "'0'; it is a whole number from 1 to 65535"),
        ({"LOBBY_SMTP_PORT": "smtp"}, "'smtp'; it is a whole number"),
        ({"LOBBY_SMTP_FROM": "lobby"}, "'lobby'; it is like lobby@bank.example"),
        ({"LOBBY_SMTP_FROM": "a@b\nBcc: c@d"}, "it is like lobby@bank.example"),
        ({"LOBBY_SUMMARY_TO": ""}, "LOBBY_SUMMARY_TO names nobody"),
        ({"LOBBY_SUMMARY_TO": "head@bank.example;x"}, "LOBBY_SUMMARY_TO holds"),
        ({"LOBBY_SUMMARY_TO": "riverside=minh"}, "LOBBY_SUMMARY_TO holds 'riverside=minh'"),
        (
            {"LOBBY_SMTP_ENCRYPTION": "none", "LOBBY_SMTP_USER": "lobby"},
            "without encryption anybody could read",
        ),
    ],
)
def test_it_says_what_is_wrong(wrong: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError) as told:
        Settings.read(MAIL | wrong)
    assert sentence in str(told.value)
