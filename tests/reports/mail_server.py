"""A mail server on this computer, with or without encryption, that keeps what it is sent."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

HOST = "localhost"


class Mailbox:
    """`refuses` answers every mail with a trouble that passes; `refused` are recipients that it
    does not know; `is_curt` where it answers the end of a session with a trouble."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuses = False
        self.refused: set[str] = set()
        self.is_curt = False

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802
        return "421 overloaded" if self.is_curt else "221 bye"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuses:
            return "451 come back later"
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 taken"


@contextmanager
def mail_server(port: int, *, certificate: tuple[Path, Path] | None = None) -> Iterator[Mailbox]:
    """With a certificate it takes mail after STARTTLS alone."""
    mailbox, context = Mailbox(), None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
    more: dict[str, Any] = {"tls_context": context, "require_starttls": True} if context else {}
    controller = Controller(mailbox, hostname=HOST, port=port, **more)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def certificate_in(folder: Path) -> tuple[Path, Path]:
    """Of this computer, signed by itself."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key
