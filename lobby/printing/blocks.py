"""What stands on a slip and in which order: the number first, then what happens next."""

from collections.abc import Iterator
from dataclasses import dataclass

from babel.dates import format_date

from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.printing.paper import DOTS_PER_MM, Paper
from lobby.printing.slip import Slip, SlipKind

NO_BREAK_SPACE = "\u00a0"

BESIDE_THE_CODE = {
    SlipKind.TICKET: mark("Scan to follow on your phone"),
    SlipKind.SELF_SERVICE: mark("Scan when you are done or need help"),
    SlipKind.TEST: mark("This slip tests the printer. It is nobody's number."),
}

DOCUMENTS_MAX = 8
"""More than anybody carries; a slip stays shorter than a hand."""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph. `size` and `above`, the white before it, are in dots."""

    text: str
    size: int
    bold: bool = False
    above: int = 0
    hangs: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """The ticket's number with figures of `height` dots, smaller only where it would not fit."""

    text: str
    height: int
    above: int


@dataclass(frozen=True, slots=True)
class Hairline:
    above: int


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code, and the words beside it; a narrow roll has them below."""

    address: str
    words: tuple[Words, ...]
    above: int


Block = Words | Number | Hairline | Code


@dataclass(frozen=True, slots=True)
class Sizes:
    number: int
    service: int
    standing: int
    body: int
    small: int
    gap: int


SIZES = {
    Paper.WIDE: Sizes(14 * DOTS_PER_MM, service=48, standing=40, body=32, small=28, gap=26),
    Paper.NARROW: Sizes(13 * DOTS_PER_MM, service=42, standing=36, body=30, small=28, gap=22),
}


def blocks_of(slip: Slip, paper: Paper) -> tuple[Block, ...]:
    sizes = SIZES[paper]
    return (
        Words(slip.branch, sizes.small),
        Number(slip.number, sizes.number, above=sizes.gap + sizes.gap // 4),
        Words(slip.service, sizes.service, bold=True, above=sizes.gap),
        *_what_happens(slip, sizes),
        *_documents(slip, sizes),
        *_fee(slip, sizes),
        Hairline(above=sizes.gap),
        Code(slip.address, tuple(_beside_the_code(slip, sizes)), above=sizes.gap),
        *_rule(slip, sizes),
    )


def _what_happens(slip: Slip, sizes: Sizes) -> Iterator[Block]:
    if slip.kind is SlipKind.TEST:
        return
    first, second = (
        (slip.kept or slip.ahead, slip.wait)
        if slip.kind is SlipKind.TICKET
        else (slip.machine, slip.back_to_counter)
    )
    if first:
        yield Words(first, sizes.standing, above=sizes.gap // 4)
    if second:
        apart = sizes.gap // 2 if slip.kind is SlipKind.SELF_SERVICE else 0
        yield Words(second, sizes.standing, above=apart)
    if slip.wait and slip.kind is SlipKind.SELF_SERVICE:
        yield Words(slip.wait, sizes.body)


def _documents(slip: Slip, sizes: Sizes) -> Iterator[Block]:
    if slip.documents:
        yield Hairline(above=sizes.gap)
        if slip.kind is not SlipKind.TEST:
            yield _label(slip, mark("Please have ready"), sizes)
        for document in slip.documents[:DOCUMENTS_MAX]:
            yield Words(document, sizes.body, hangs=True)


def _fee(slip: Slip, sizes: Sizes) -> Iterator[Block]:
    if slip.fee:
        if not slip.documents:
            yield Hairline(above=sizes.gap)
        yield _label(slip, mark("Fee"), sizes)
        yield Words(slip.fee, sizes.body)


def _label(slip: Slip, text: str, sizes: Sizes) -> Words:
    return Words(texts(slip.language).gettext(text), sizes.small, bold=True, above=sizes.gap // 2)


def _beside_the_code(slip: Slip, sizes: Sizes) -> Iterator[Words]:
    say = texts(slip.language).gettext
    yield Words(say(BESIDE_THE_CODE[slip.kind]), sizes.small, bold=True)
    if slip.complaint_phone:
        phone = _unbroken(slip.complaint_phone)
        complaints = say(mark("Complaints: %(phone)s")) % {"phone": phone}
        yield Words(complaints, sizes.small, above=sizes.gap // 2)
    yield Words(_issued(slip), sizes.small, above=sizes.gap // 2)


def _rule(slip: Slip, sizes: Sizes) -> Iterator[Block]:
    """Across the whole roll: it is the longest sentence of all."""
    if slip.fairness:
        yield Words(slip.fairness, sizes.small, above=sizes.gap)


def _issued(slip: Slip) -> str:
    day = format_date(slip.issued_at, format="long", locale=LANGUAGES[slip.language].locale)
    return f"{_unbroken(day)} {slip.issued_at:%H:%M}"


def _unbroken(text: str) -> str:
    return text.replace(" ", NO_BREAK_SPACE)
