"""Plain words in every language: short, without jargon, and nothing that sounds like a refusal."""

import re
from collections.abc import Iterator, Mapping

import pytest
from babel.messages.pofile import read_po

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.i18n.languages import LANGUAGES
from lobby.triage.advice import ChoiceKind, Reason
from lobby.triage.answers import FIXED, HOLDER, PAYMENT, Answer, QuestionCode, answers_to
from lobby.triage.catalogue import Texts
from lobby.triage.questions import PROMPTS, PROMPTS_OF_JOBS
from lobby.triage.words import CHOICES, NOTICE, REASONS
from tests.triage.vectors import ROOT

WORDS_MOST = 12
CHARACTERS_MOST = 20
PLACEHOLDER = re.compile(r"%\(\w+\)s")

REFUSALS = {
    "en": r"\b(must|cannot|can't|can not|not possible|not allowed|refuse\w*|denied|invalid|only)\b",
    "zh": "不能|必须|不可以|无法|拒绝|不予|不允许|禁止|只能",
    "vi": r"không thể|không được|từ chối|bắt buộc|(?<!bên )\bphải\b|chỉ được",
}
JUDGEMENTS = {
    "en": r"\b(simple|simply|easy|easily|complex|complicated|difficult|old|elder\w*|senior\w*)\b",
    "zh": "简单|容易|复杂|困难|老人|老年|年纪|高龄",
    "vi": r"đơn giản|dễ dàng|phức tạp|khó khăn|người già|cao tuổi|lớn tuổi",
}
JARGON = {
    "en": r"\b(triage|diver\w+|CRS|STM|pool|channel|credential|biometric|enrol\w*|counter slip)\b",
    "zh": "分流|凭证类型|渠道|CRS|STM|队列|生物识别|话术",
    "vi": r"phân luồng|phân loại|CRS|STM|kênh|nhóm hàng đợi",
}


def said_by_triage() -> list[str]:
    """The English of every prompt, answer, reason and choice."""
    answers = [*FIXED.values(), HOLDER, PAYMENT, *_amounts()]
    labels = [answer.label for group in answers for answer in group]
    prompts = [*PROMPTS.values(), *PROMPTS_OF_JOBS.values()]
    return [*prompts, *labels, *REASONS.values(), *CHOICES.values(), NOTICE]


def _amounts() -> Iterator[tuple[Answer, ...]]:
    catalogue = read_catalogue(DEMO)
    for code in ("A01", "A04"):
        yield answers_to(QuestionCode.AMOUNT, catalogue.service(code), catalogue.profile_named())


def in_language(language: str) -> dict[str, str]:
    """What triage says, as people of this language read it."""
    if language == "en":
        return {text: text for text in said_by_triage()}
    path = ROOT / "lobby" / "i18n" / "po" / language / "triage.po"
    with path.open("rb") as file:
        known = {str(message.id): str(message.string) for message in read_po(file)}
    return {text: known[text] for text in said_by_triage()}


def in_catalogue(language: str) -> Iterator[str]:
    """Everything in the demo catalogue that a customer may read."""
    catalogue = read_catalogue(DEMO)
    for service in catalogue.services.values():
        texts: list[Texts] = [service.names, *(document.names for document in service.documents)]
        texts += [fee.notes for fee in service.fees.values()]
        yield from (text[language] for text in texts)
        yield from service.steps[language]
    for machine in catalogue.machines.values():
        yield from (machine.names[language], machine.places[language])
    for priority in catalogue.priorities.values():
        yield priority.names[language]


every_language = pytest.mark.parametrize("language", LANGUAGES)


def test_every_reason_and_every_choice_has_words() -> None:
    assert REASONS.keys() == set(Reason)
    assert CHOICES.keys() == set(ChoiceKind)


@every_language
def test_it_speaks_in_short_sentences(language: str) -> None:
    spoken = [*in_language(language).values(), *in_catalogue(language)]
    assert [text for text in spoken if is_long(text, language)] == []


def is_long(text: str, language: str) -> bool:
    plain = PLACEHOLDER.sub("0", text)
    if language == "zh":
        return len(plain) > CHARACTERS_MOST
    return len(plain.split()) > WORDS_MOST


@every_language
@pytest.mark.parametrize("unwanted", [REFUSALS, JUDGEMENTS, JARGON])
def test_it_never_refuses_judges_or_talks_shop(language: str, unwanted: Mapping[str, str]) -> None:
    pattern = re.compile(unwanted[language], re.IGNORECASE)
    spoken = [*in_language(language).values(), *in_catalogue(language)]
    assert [text for text in spoken if pattern.search(text)] == []


def test_the_lint_would_notice() -> None:
    assert re.search(REFUSALS["vi"], "Quý khách phải có thẻ")
    assert not re.search(REFUSALS["vi"], "Bên phải lối vào".lower())
    assert re.search(JUDGEMENTS["en"], "This is an easy job")
    assert is_long("您的这项业务需要先到自助设备区办理然后再来柜台", "zh")
