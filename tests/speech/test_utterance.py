"""What a screen says: recordings where they say all of it, and a text for a voice in any case."""

import tomllib
from pathlib import Path

import pytest
from babel.numbers import format_decimal

from lobby.catalogue.reading import DEMO
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import texts
from lobby.speech.phrases import MOST_UNITS
from lobby.speech.recordings import WORDS_FILE, read_recordings, recordings
from lobby.speech.sentences import PAUSE, sentences
from lobby.speech.utterance import Utterance, spoken, utterance

CALLS = {
    "zh": "请 A001 号客户到 3 号窗口办理业务",
    "vi": "Kính mời quý khách có số A\u200a001 đến quầy số 3",
    "en": "Ticket A 001, please come to counter 3",
}
THOUSANDS = ("count-100", "count-1000")
CODE = ("letter-a", "digit-0", "digit-0", "digit-1")


@pytest.mark.parametrize(("language", "after"), [("zh", ("call-after",)), ("vi", ()), ("en", ())])
def test_it_says_a_call_with_recordings(language: str, after: tuple[str, ...]) -> None:
    clips = spoken(CALLS[language], language).clips
    assert clips == ("call-before", *CODE, "call-between", "digit-3", *after)


def test_it_gives_a_voice_the_ticket_in_words() -> None:
    assert spoken(CALLS["vi"], "vi").text == (
        "Kính mời quý khách có số a không không một đến quầy số 3"
    )


@pytest.mark.parametrize("language", CALLS)
def test_it_says_the_sentences_of_a_ticket_with_recordings(language: str) -> None:
    say = texts(language).gettext
    ahead = texts(language).ngettext(
        "%(num)s person before you", "%(num)s people before you", 12
    ) % {"num": 12}
    seat = say("Please take a seat. We will call your number.")
    wait = say("about %(low)s to %(high)s min") % {"low": 10, "high": 15}
    for sentence in (ahead, seat, wait, f"{say('Your number')} C\u200a107. {ahead}. {seat}"):
        assert spoken(sentence, language).clips, sentence


def test_it_joins_the_ends_of_a_range() -> None:
    clips = spoken("about 8–14 min", "en").clips
    assert clips == ("wait-about", "digit-8", "between", "count-14", "minutes")


def test_it_prefers_a_sentence_spoken_in_one_breath() -> None:
    assert spoken("Please go to the counter now", "en").clips == ("go-to-the-counter",)
    assert spoken("Please go to counter 21 now.", "en").clips == (
        *("go-before", "count-20", "digit-1", "go-after"),
    )


def test_it_keeps_the_article_apart_from_the_letter() -> None:
    assert spoken("A number", "en").clips == ()
    assert spoken("Number A123", "en").clips[:2] == ("number", "letter-a")


@pytest.mark.parametrize(
    "text",
    [
        "Please come to counter 3 with your best hat",
        "You can come back until 10:15",
        "Number 1,000,000,000,000",
        "Number 5,0001",
        "Number 400-000-0001x",
        "Number 21.11.2026",
        "Number 2026-11-21",
        "Number €20",
        "number " * (MOST_UNITS + 1),
    ],
)
def test_it_leaves_to_a_voice_what_no_recordings_say(text: str) -> None:
    assert spoken(text, "en") == Utterance(text, ())


def test_it_uses_what_a_bank_has_recorded(tmp_path: Path) -> None:
    (tmp_path / WORDS_FILE).write_text('welcome = "Welcome to Riverside"\n', encoding="utf-8")
    silent = read_recordings(tmp_path, "en")
    (tmp_path / "welcome.opus").write_bytes(b"")
    recorded = read_recordings(tmp_path, "en")
    assert utterance("Welcome to Riverside.", "en", silent).clips == ()
    assert utterance("Welcome to Riverside.", "en", recorded).clips == ("welcome",)


def test_it_has_no_recordings_of_a_language_without_a_folder(tmp_path: Path) -> None:
    nothing = read_recordings(tmp_path / "km", "en")
    assert nothing.files == {}
    assert utterance("Number 1", "en", nothing) == Utterance("Number 1", ())


def test_it_says_one_as_a_bank_wants() -> None:
    said = utterance("您的号码是A 101", "zh", recordings("zh"), one_as_yao=True)
    assert said.clips == ("your-number-is", "letter-a", "digit-1-yao", "digit-0", "digit-1-yao")
    assert said.text == "您的号码是A 幺 零 幺"


@pytest.mark.parametrize(
    ("language", "clips"),
    [
        ("zh", ("amount-20000", "band-up-to-after")),
        ("vi", ("between", "amount-20000")),
        ("en", ("band-up-to", "amount-20000")),
    ],
)
def test_it_says_an_amount_as_the_language_writes_it(language: str, clips: tuple[str, ...]) -> None:
    amount = format_decimal(20_000, locale=LANGUAGES[language].locale)
    answer = texts(language).gettext("Up to %(amount)s") % {"amount": amount}
    assert spoken(answer, language).clips == clips


@pytest.mark.parametrize(
    ("language", "answer", "clips"),
    [
        ("zh", "2 万元以内", ("amount-20000", "currency-cny", "band-up-to-after")),
        ("zh", "1.5 万元", ("digit-1", "count-10000", "digit-5", "count-1000", "currency-cny")),
        ("zh", "2 元", ("count-2", "currency-cny")),
        ("vi", "Đến 20.000 tệ", ("between", "amount-20000", "currency-cny")),
        (
            "vi",
            "1,5 triệu đồng",
            ("digit-1", "count-1000000", "digit-5", *THOUSANDS, "currency-vnd"),
        ),
        ("en", "Up to ¥20,000", ("band-up-to", "amount-20000", "currency-cny")),
        ("en", "₫2,005", ("digit-2", "count-1000", "count-and", "digit-5", "currency-vnd")),
        ("en", "¥2.50", ("digit-2", "decimal-point", "digit-5", "currency-cny")),
    ],
)
def test_it_says_any_amount_with_its_currency(
    language: str, answer: str, clips: tuple[str, ...]
) -> None:
    assert spoken(answer, language).clips == clips


@pytest.mark.parametrize(
    ("language", "number", "clips"),
    [
        ("en", "400-000-0001", ("4", "0", "0", "0", "0", "0", "0", "0", "0", "1")),
        ("en", "95588", ("9", "5", "5", "8", "8")),
        ("zh", "010-6500 1234", ("0", "1-yao", "0", "6", "5", "0", "0", "1-yao", "2", "3", "4")),
    ],
)
def test_it_says_a_telephone_number_figure_by_figure(
    language: str, number: str, clips: tuple[str, ...]
) -> None:
    assert spoken(number, language).clips == tuple(f"digit-{clip}" for clip in clips)


@pytest.mark.parametrize(
    ("language", "text", "clips"),
    [
        ("zh", "08:30", ("digit-8", "time-hour", "digit-3", "count-10", "time-minute")),
        ("vi", "17:00", ("count-10", "digit-7", "time-hour")),
        ("vi", "2/4", ("date-day", "digit-2", "month-4")),
        ("en", "17:05", ("digit-5", "time-oh", "digit-5", "time-afternoon")),
        ("en", "22 March", ("date-the", "count-20", "ordinal-2", "date-of", "month-3")),
    ],
)
def test_it_says_times_and_dates(language: str, text: str, clips: tuple[str, ...]) -> None:
    assert spoken(text, language).clips == clips


def test_it_breathes_between_sentences_and_tells_where_one_is_missing() -> None:
    said = sentences(("You are next", "A sentence of nobody", "In cash"), "en")
    assert said.clips == ("you-are-next", PAUSE, "answer-in-cash")
    assert not said.is_whole
    assert sentences(("You are next", "In cash"), "en").is_whole


@pytest.mark.parametrize("language", CALLS)
def test_it_says_the_first_question_and_its_answers(language: str) -> None:
    catalogue = tomllib.loads(DEMO.read_text(encoding="utf-8"))
    names = {service["code"]: service["names"] for service in catalogue["services"]}
    answers = [
        f"{key}: {names[code][language]}." for key, code in enumerate(catalogue["routine"], 1)
    ]
    question = texts(language).gettext("What would you like to do today?")
    clips = spoken(" ".join((question, *answers)), language).clips
    assert clips[:3] == ("question-today", "digit-1", "service-a01")


@pytest.mark.parametrize("language", CALLS)
def test_it_says_the_questions_about_a_withdrawal(language: str) -> None:
    say = texts(language).gettext
    for sentence in (
        "How much would you like to take out?",
        *("Where would you like to do this?", "At the counter", "At the machine"),
        *("What do you have with you?", "A bank card", "A passbook", "Neither"),
        *("I would like help", "I prefer the counter"),
    ):
        assert spoken(say(sentence), language).clips, sentence
