"""Mails of summaries in trouble: sent once all the same, told of, and no secret in what is told."""

import os
import smtplib
import stat
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from lobby.reports import summary_delivery, summary_letters
from lobby.reports.mail import Mail, MailError, NoServerError, send
from lobby.reports.summary_delivery import ClosingSummaries
from lobby.summary_settings import Encryption, MailSettings, Recipient, SummarySettings
from lobby.supervision import Part, PartKind
from tests.app.app import LocalApp
from tests.app.people import MORNING
from tests.app.ports import free_port
from tests.reports.mail_server import HOST, mail_server
from tests.reports.test_spans import serve
from tests.reports.test_summary import FILE, app, folder, look, mail_to, turn

__all__ = ["app", "folder"]

MAIL = Mail(("a@b.example", "c@d.example"), "s", "t", "<p>", "f.html")
SECRET = "hỏi-mật"


def started(app: LocalApp, summaries: ClosingSummaries) -> Part:
    async def start() -> None:
        summaries.start()
        await summaries.look()

    app.run(start)
    (part,) = [p for p in app.services.supervisor.parts if p.kind is PartKind.SUMMARIES]
    return part


@pytest.mark.parametrize(("user", "password"), [(SECRET, None), ("lobby", SECRET)])
def test_a_secret_that_cannot_be_sent_is_told_to_nobody(
    app: LocalApp,
    folder: Path,
    user: str,
    password: str | None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = replace(mail_to(free_port()), user=user, password=password)
    with pytest.raises(MailError, match="takes only ASCII in user and password") as told:
        send(MAIL, settings, MORNING)
    assert told.value.__cause__ is None
    part = started(app, ClosingSummaries(app.services, SummarySettings(folder, settings)))
    assert "takes only ASCII" in part.last_failure
    printed = capsys.readouterr().out
    assert "a summary was not delivered" in printed
    assert SECRET not in part.last_failure + printed


def test_letters_that_the_server_cannot_take_are_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def not_encoded(*_args: object) -> None:
        SECRET.encode("ascii")

    monkeypatch.setattr(smtplib.SMTP, "send_message", not_encoded)
    port = free_port()
    with mail_server(port), pytest.raises(MailError, match="UnicodeEncodeError") as told:
        send(MAIL, mail_to(port), MORNING)
    assert SECRET not in str(told.value)
    assert told.value.__suppress_context__


def test_the_trouble_of_one_branch_keeps_no_other_from_its_summary(
    app: LocalApp, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = ClosingSummaries._ended_lately

    async def strange(self: ClosingSummaries, branch: object) -> list[date]:
        if branch is first:
            raise ValueError(SECRET)
        return await plain(self, app.services.branches["riverside"])

    first = next(iter(app.services.branches.values()))
    monkeypatch.setattr(ClosingSummaries, "_ended_lately", strange)
    part = started(app, ClosingSummaries(app.services, SummarySettings(folder)))
    assert part.last_failure == f"{first.id}: ValueError"
    assert len(list(folder.iterdir())) == len(app.services.branches) - 1


def test_a_mail_that_was_taken_is_sent_whatever_follows(app: LocalApp, folder: Path) -> None:
    port = free_port()
    with mail_server(port) as mailbox:
        mailbox.is_curt = True
        look(app, folder, mail_to(port))
        look(app, folder, mail_to(port))
    assert len(mailbox.mails) == 1


def test_what_cannot_be_remembered_is_not_sent(
    app: LocalApp, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _text: str) -> Path:
        raise OSError(28, "No space left on device")

    port = free_port()
    look(app, folder)
    monkeypatch.setattr(summary_letters, "drafted", full)
    with mail_server(port) as mailbox:
        summaries = ClosingSummaries(app.services, SummarySettings(folder, mail_to(port)))
        part = started(app, summaries)
        assert "No space left on device" in part.last_failure
        assert mailbox.mails == []
        monkeypatch.undo()
        app.run(summaries.look)
    assert len(mailbox.mails) == 1
    assert not part.is_failing


def test_what_was_sent_is_remembered_without_a_mark(
    app: LocalApp, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    look(app, folder)

    def locked(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", locked)
    with mail_server(port) as mailbox:
        summaries = ClosingSummaries(app.services, SummarySettings(folder, mail_to(port)))
        part = started(app, summaries)
        assert "Permission denied" in part.last_failure
        app.run(summaries.look)
    assert len(mailbox.mails) == 1
    assert not (folder / FILE).with_suffix(".mailed").exists()


def test_recipients_that_the_server_refuses_are_told_of(app: LocalApp, folder: Path) -> None:
    port = free_port()
    people = (Recipient("head@bank.example"), Recipient("gone@bank.example", "riverside"))
    settings = replace(mail_to(port), recipients=people)
    with mail_server(port) as mailbox:
        mailbox.refused = {"gone@bank.example"}
        assert send(replace(MAIL, to=settings.to("riverside")), settings, MORNING) == (
            "gone@bank.example",
        )
        mailbox.mails.clear()
        summaries = ClosingSummaries(app.services, SummarySettings(folder, settings))
        part = started(app, summaries)
        app.run(summaries.look)
    assert len(mailbox.mails) == 1
    sentence = "riverside: the mail server refused 1 of 2 recipients: gone@bank.example"
    assert part.is_failing
    assert part.last_failure == sentence


def test_a_recipient_of_an_unknown_branch_is_told_of(app: LocalApp, folder: Path) -> None:
    port = free_port()
    people = (Recipient("minh@bank.example", "rivreside"),)
    settings = MailSettings(HOST, port, Encryption.NONE, "lobby@bank.example", people)
    part = started(app, ClosingSummaries(app.services, SummarySettings(folder, settings)))
    assert part.last_failure == "LOBBY_SUMMARY_TO names 'rivreside', which is no branch"
    assert (folder / FILE).exists()


def test_a_server_that_is_away_is_asked_once_in_a_look(
    app: LocalApp, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By then every page lies in the folder."""
    lying: list[int] = []

    def away(_mail: Mail, _settings: MailSettings, _now: datetime) -> tuple[str, ...]:
        lying.append(len(list(folder.glob("*.html"))))
        raise NoServerError("nobody answers")

    async def monday(_self: ClosingSummaries, _branch: object) -> list[date]:
        return [MORNING.date()]

    monkeypatch.setattr(summary_delivery.ClosingSummaries, "_ended_lately", monday)
    monkeypatch.setattr(summary_letters, "send", away)
    look(app, folder, mail_to(free_port()))
    assert len(app.services.branches) > 1
    assert lying == [len(app.services.branches)]


def test_files_are_for_whoever_runs_lobby_alone(app: LocalApp, folder: Path) -> None:
    port = free_port()
    with mail_server(port):
        look(app, folder, mail_to(port))
    modes = {path.suffix: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {".html": 0o600, ".mailed": 0o600}


def test_a_folder_that_was_away_for_two_turns_gets_both(app: LocalApp, folder: Path) -> None:
    summaries = ClosingSummaries(app.services, SummarySettings(folder))
    folder.write_text("a file in its place", "utf-8")
    app.run(summaries.look)
    serve(app, 6)
    turn(app, days=2)
    app.run(summaries.look)
    folder.unlink()
    app.run(summaries.look)
    names = sorted(path.name for path in folder.iterdir())
    assert names == [FILE, FILE.replace("-02.", "-03.")]
