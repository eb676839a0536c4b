"""A slip that tests a printer: every script that slips are written in, and a code to scan."""

from datetime import datetime

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.printing.slip import Slip, SlipKind

NUMBER = "A000"
"""Numbers begin at 1, so nobody holds it."""

TEST_SLIP = mark("Test slip")


def sample_slip(
    *, language: str, branch: str, kiosk: str, address: str, printed_at: datetime
) -> Slip:
    """`printed_at` in the branch's own time zone. Each language says its own name: what prints as
    a box here would do so on every slip."""
    return Slip(
        kind=SlipKind.TEST,
        language=language,
        branch=branch,
        number=NUMBER,
        service=texts(language).gettext(TEST_SLIP),
        issued_at=printed_at,
        address=address,
        documents=(kiosk, *(written.own_name for written in LANGUAGES.values())),
    )
