"""One mail: plain text, with a page attached."""

import contextlib
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from lobby.summary_settings import Encryption, MailSettings

TIMEOUT_S = 30.0


class MailError(Exception):
    """Why a mail was not taken, in one sentence that holds no secret."""


class NoServerError(MailError):
    """The server cannot be reached or lets nobody in: it would take no other mail either."""


@dataclass(frozen=True, slots=True)
class Mail:
    """`page` is HTML that is attached as `file_name`."""

    to: tuple[str, ...]
    subject: str
    text: str
    page: str
    file_name: str


def send(mail: Mail, settings: MailSettings, now: datetime) -> tuple[str, ...]:
    """Returns when the server has taken it: the addresses for which it did not, while it did for
    others. Blocks; raises `MailError`."""
    server = _signed_in(settings)
    try:
        return tuple(server.send_message(_message(mail, settings, now)))
    except UnicodeError as error:
        raise MailError(_reason(settings, error)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(_reason(settings, error)) from error
    finally:
        _leave(server)


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


def _signed_in(settings: MailSettings) -> smtplib.SMTP:
    """Raises `NoServerError`."""
    user, password = settings.user or "", settings.password or ""
    if not (user + password).isascii():
        reason = f"{settings.host}:{settings.port} takes only ASCII in user and password."
        raise NoServerError(reason)
    try:
        server = _connected(settings)
        try:
            if user:
                server.login(user, password)
        except BaseException:
            _leave(server)
            raise
    except UnicodeError as error:
        raise NoServerError(_reason(settings, error)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise NoServerError(_reason(settings, error)) from error
    return server


def _leave(server: smtplib.SMTP) -> None:
    """Whatever is answered: a mail that was taken stays taken."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def _reason(settings: MailSettings, error: Exception) -> str:
    """An error of letters holds the whole text that it is about, so only its name is told."""
    told = type(error).__name__ if isinstance(error, UnicodeError) else str(error)
    return f"{settings.host}:{settings.port} did not take the mail: {told}"


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
