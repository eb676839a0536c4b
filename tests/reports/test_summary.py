"""The summary of a day that ended: a page, a file, a mail; once, and never in the way."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from lobby.queueing.commands.command import OpenDay
from lobby.reports.mail import Mail, MailError, send
from lobby.reports.summary_delivery import ClosingSummaries
from lobby.summary_settings import Encryption, MailSettings, Recipient, SummarySettings
from lobby.supervision import PartKind
from tests.app.app import LocalApp, open_app
from tests.app.people import MORNING
from tests.app.ports import free_port
from tests.reports.mail_server import HOST, certificate_in, mail_server
from tests.reports.test_spans import serve

PAGE = "/reports/days/2026-03-02/summary"
FILE = "summary-riverside-2026-03-02.html"
SENTENCE = "All 6 people were served within the promised 20 min."


@pytest.fixture
def app(tmp_path: Path) -> Iterator[LocalApp]:
    """Monday has ended at Riverside; nobody came to Harbour."""
    with open_app(tmp_path) as app:
        serve(app, 6)
        turn(app)
        yield app


def turn(app: LocalApp, days: int = 1) -> None:
    app.clock.move_to(MORNING + timedelta(days=days))
    app.perform(OpenDay())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "summaries"


def mail_to(port: int, encryption: Encryption = Encryption.NONE) -> MailSettings:
    people = (Recipient("head@bank.example"), Recipient("quan@bank.example", "harbour"))
    return MailSettings(HOST, port, encryption, "lobby@bank.example", people)


def look(app: LocalApp, folder: Path, mail: MailSettings | None = None) -> None:
    app.run(ClosingSummaries(app.services, SummarySettings(folder, mail)).look)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", SENTENCE),
        ("zh", "全部 6 位客户在承诺的 20 分钟内开始办理。"),
        ("vi", "được phục vụ trong thời hạn cam kết 20 phút."),
    ],
)
def test_it_is_a_page_in_three_languages(app: LocalApp, language: str, words: str) -> None:
    page = app.get("minh", f"{PAGE}?language={language}")
    assert page.status_code == 200
    assert words in page.text
    assert f'href="{PAGE}"' in app.get("minh", "/reports/days/2026-03-02").text


def test_it_is_for_branch_heads_and_administrators(app: LocalApp) -> None:
    people = ("minh", "ada", "lan", "thu", "nobody")
    assert [app.get(who, PAGE).status_code for who in people] == [200, 200, 403, 403, 303]
    assert app.post("minh", PAGE).status_code == 405
    assert app.get("minh", "/reports/days/2026-02-30/summary").status_code == 404
    assert "Nobody took a number on this day." in app.get("quan", PAGE).text


def test_it_is_left_in_the_folder_once(app: LocalApp, folder: Path) -> None:
    look(app, folder)
    assert [path.name for path in folder.iterdir()] == [FILE]
    page = (folder / FILE).read_text("utf-8")
    assert "全部 6 位客户" in page  # in the branch's own language
    assert "/static/" not in page.partition("</style>")[2]
    (folder / FILE).write_text("read already", "utf-8")
    look(app, folder)
    assert (folder / FILE).read_text("utf-8") == "read already"


def test_a_day_that_is_not_over_has_none_yet(tmp_path: Path, folder: Path) -> None:
    with open_app(tmp_path) as app:
        serve(app, 6)
        look(app, folder)
        assert not folder.exists()


def test_it_is_mailed_once_to_those_of_the_branch(app: LocalApp, folder: Path) -> None:
    port = free_port()
    with mail_server(port) as mailbox:
        look(app, folder, mail_to(port))
        look(app, folder, mail_to(port))
    (mail,) = mailbox.mails
    assert mailbox.recipients == [["head@bank.example"]]
    assert mail["From"] == "lobby@bank.example"
    assert "2026" in mail["Subject"]
    text = mail.get_body(("plain",))
    assert text is not None
    assert "全部 6 位客户" in text.get_content()
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == FILE
    assert attached.get_content_type() == "text/html"
    assert sorted(path.suffix for path in folder.iterdir()) == [".html", ".mailed"]


def test_what_fails_is_said_and_tried_again(app: LocalApp, folder: Path) -> None:
    port = free_port()

    async def try_it() -> None:
        summaries.start()
        await summaries.look()

    summaries = ClosingSummaries(app.services, SummarySettings(folder, mail_to(port)))
    app.run(try_it)
    (part,) = [p for p in app.services.supervisor.parts if p.kind is PartKind.SUMMARIES]
    assert part.is_failing
    assert f"{HOST}:{port} did not take the mail" in part.last_failure
    assert (folder / FILE).exists()  # the folder has it, whatever becomes of the mail
    assert "The summary of a day could not be left or mailed." in app.get("minh", "/").text
    with mail_server(port) as mailbox:
        mailbox.refuses = True
        app.run(summaries.look)
        assert "come back later" in part.last_failure
        mailbox.refuses = False
        app.run(summaries.look)
    assert len(mailbox.mails) == 1
    assert not part.is_failing, part.last_failure


def test_a_folder_that_cannot_be_written_keeps_no_day_from_turning(
    tmp_path: Path, folder: Path
) -> None:
    with open_app(tmp_path) as app:
        serve(app, 6)
        folder.write_text("a file in its place", "utf-8")
        turn(app)
        look(app, folder)
        assert app.hall.day == (MORNING + timedelta(days=1)).date()
        folder.unlink()
        look(app, folder)
        assert (folder / FILE).exists()


def test_it_goes_out_encrypted_to_whom_this_computer_trusts(
    app: LocalApp, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, certificate = free_port(), certificate_in(tmp_path)
    mail, settings = (
        Mail(("a@b.example",), "s", "t", "<p>", "f"),
        mail_to(port, Encryption.STARTTLS),
    )
    with mail_server(port, certificate=certificate) as mailbox:
        with pytest.raises(MailError, match="certificate verify failed"):
            send(mail, settings, MORNING)
        with pytest.raises(MailError, match="STARTTLS"):
            send(mail, mail_to(port), MORNING)
        assert mailbox.mails == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        look(app, folder, settings)
    assert len(mailbox.mails) == 1
