"""One mail: plain text, with a page attached."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from lobby.summary_settings import Encryption, MailSettings

TIMEOUT_S = 30.0


class MailError(Exception):
    """Why a mail was not taken, in one sentence."""


@dataclass(frozen=True, slots=True)
class Mail:
    """`page` is HTML that is attached as `file_name`."""

    to: tuple[str, ...]
    subject: str
    text: str
    page: str
    file_name: str


def send(mail: Mail, settings: MailSettings, now: datetime) -> None:
    """Returns when the server has taken it. Blocks; raises `MailError`."""
    message = _message(mail, settings, now)
    try:
        with _connected(settings) as server:
            if settings.user:
                server.login(settings.user, settings.password or "")
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        reason = f"{settings.host}:{settings.port} did not take the mail: {error}"
        raise MailError(reason) from error


def _message(mail: Mail, settings: MailSettings, now: datetime) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = settings.sender, ", ".join(mail.to)
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=settings.sender.partition("@")[2])
    message.set_content(mail.text)
    page = mail.page.encode()
    message.add_attachment(page, maintype="text", subtype="html", filename=mail.file_name)
    return message


def _connected(settings: MailSettings) -> smtplib.SMTP:
    """Certificates are checked against those that this computer trusts."""
    if settings.encryption is Encryption.TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=TIMEOUT_S, context=context)
    server = smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT_S)
    if settings.encryption is Encryption.STARTTLS:
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server
