"""The kiosk asks only what matters, never more than four times, and routine jobs at most twice."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from lobby.triage.advising import advise
from lobby.triage.answers import ASKED, BESIDE, FIXED, REMARKS, STANDING, QuestionCode, request_from
from lobby.triage.catalogue import Credential
from lobby.triage.errors import UnknownAnswerError
from lobby.triage.profile import Profile
from lobby.triage.questions import PROMPTS, Question, next_question
from lobby.triage.request import AmountBand, Preference
from tests.triage.branch import BUSY, DEMO_BRANCH

CHINA, VIET_NAM = DEMO_BRANCH.profiles["CN"], DEMO_BRANCH.profiles["VN"]
PROFILES = (CHINA, VIET_NAM)

Answers = Mapping[str, str]
Path = tuple[Answers, tuple[Question, ...]]
STARTS: tuple[Answers, ...] = ({}, {"help": "yes"}, {"preference": "counter"})

every_profile = pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
every_service = pytest.mark.parametrize("code", DEMO_BRANCH.services)


def paths(
    code: str, profile: Profile, answers: Answers, seen: tuple[Question, ...] = ()
) -> Iterator[Path]:
    """Every way through the questions of a service, with the buttons that stand beside them."""
    question = next_question(DEMO_BRANCH.service(code), profile, answers)
    if question is None:
        yield answers, seen
        return
    for answer in question.answers:
        given = {**answers, question.code.value: answer.code}
        yield from paths(code, profile, given, (*seen, question))
        for key, button in STANDING.items():
            if key.value not in answers and key is not question.code:
                pressed = {**given, key.value: button.code}
                yield from paths(code, profile, pressed, (*seen, question))


def asked(code: str, profile: Profile = CHINA, **answers: str) -> QuestionCode | None:
    question = next_question(DEMO_BRANCH.service(code), profile, answers)
    return question.code if question else None


@every_profile
@every_service
def test_it_asks_at_most_four_questions_of_at_most_six_answers(code: str, profile: Profile) -> None:
    for start in STARTS:
        for _, seen in paths(code, profile, start):
            codes = [question.code for question in seen]
            assert len(codes) == len(set(codes)) <= 4
            assert all(2 <= len(question.answers) <= 6 for question in seen)


@every_profile
@pytest.mark.parametrize("code", DEMO_BRANCH.routine)
def test_a_routine_job_comes_to_the_choice_in_three_taps(code: str, profile: Profile) -> None:
    """The service is the first; only a large transfer in Viet Nam asks once more."""
    unaided = [seen for answers, seen in paths(code, profile, {}) if not STANDING.keys() & answers]
    for seen in unaided:
        codes = [question.code for question in seen if question.code is not QuestionCode.BIOMETRIC]
        assert 1 + len(codes) <= 3


@every_profile
@every_service
def test_every_way_through_the_questions_ends_in_an_advice(code: str, profile: Profile) -> None:
    for start in STARTS:
        for answers, _ in paths(code, profile, start):
            request = request_from(DEMO_BRANCH.service(code), profile, answers)
            assert advise(DEMO_BRANCH, request, BUSY).choices


def test_the_bands_are_worded_by_the_limits_and_belong_to_one_side_of_each() -> None:
    question = next_question(DEMO_BRANCH.service("A01"), CHINA, {})
    assert question is not None and question.code is QuestionCode.AMOUNT
    assert [(answer.code, answer.amount) for answer in question.answers] == [
        ("up_to_5000", 5000),
        ("up_to_20000", 20_000),
        ("up_to_50000", 50_000),
        ("more", 50_000),
        ("coins", 100),
    ]
    assert question.answers[1].changes == {"band": AmountBand(5000, 20_000)}
    assert question.answers[3].changes == {"band": AmountBand(50_000, None)}
    assert VIET_NAM.transfer_bands() == (5_000_000, 10_000_000, 100_000_000, 400_000_000)


def test_coins_answer_the_amount_and_end_the_questions() -> None:
    assert asked("A02", amount="coins") is None
    request = request_from(DEMO_BRANCH.service("A02"), CHINA, {"amount": "coins"})
    assert advise(DEMO_BRANCH, request, BUSY).rule == "R12"


def test_more_than_a_machine_takes_ends_the_questions() -> None:
    assert asked("A01", amount="up_to_20000") is QuestionCode.CREDENTIAL
    assert asked("A01", amount="up_to_50000") is None


def test_the_receiver_is_asked_for_transfers_only_and_even_of_who_prefers_the_counter() -> None:
    assert asked("A04") is QuestionCode.RECEIVER
    assert asked("A04", preference="counter") is QuestionCode.RECEIVER
    assert asked("A04", preference="counter", receiver="known") is None
    assert {job for job, codes in ASKED.items() if QuestionCode.RECEIVER in codes} == {"transfer"}


@pytest.mark.parametrize("answer", ["unknown", "asked"])
def test_a_risk_answer_ends_the_questions(answer: str) -> None:
    assert asked("A04", receiver=answer) is None
    request = request_from(DEMO_BRANCH.service("A04"), CHINA, {"receiver": answer})
    assert advise(DEMO_BRANCH, request, BUSY).rule == "R01"


def test_help_asks_where_and_only_with_much_money_how_soon() -> None:
    small: dict[str, Any] = {"amount": "up_to_5000"}
    large: dict[str, Any] = {"amount": "more"}
    assert asked("A01", **small, help="yes") is QuestionCode.PREFERENCE
    assert asked("A01", **large, help="yes") is QuestionCode.URGENT
    assert asked("A01", **large) is None
    assert asked("B06", purpose="early", help="yes") is QuestionCode.URGENT
    machine: dict[str, Any] = {"help": "yes", "preference": "machine"}
    assert asked("A01", **small, **machine) is QuestionCode.CREDENTIAL


def test_the_chip_card_is_asked_for_above_ten_million_dong_only() -> None:
    known: dict[str, Any] = {"receiver": "known"}
    assert asked("A04", VIET_NAM, **known, amount="up_to_10000000") is None
    more: dict[str, Any] = {**known, "amount": "up_to_100000000"}
    assert asked("A04", VIET_NAM, **more) is QuestionCode.BIOMETRIC
    assert asked("A04", CHINA, **known, amount="up_to_50000") is None


def test_a_pension_is_paid_at_a_machine_only_for_who_asks() -> None:
    assert asked("A07") is QuestionCode.PREFERENCE
    assert asked("A07", preference="any") is None
    assert asked("A07", preference="machine") is QuestionCode.CREDENTIAL


def test_answers_become_a_request() -> None:
    answers = {"amount": "up_to_5000", "credential": "passbook", "help": "yes"}
    request = request_from(DEMO_BRANCH.service("A01"), CHINA, answers)
    assert (request.credential, request.help) == (Credential.PASSBOOK, True)
    assert request.band == AmountBand(0, 5000)
    wish = request_from(DEMO_BRANCH.service("C01"), CHINA, {"preference": "counter"})
    assert wish.preference is Preference.COUNTER


@pytest.mark.parametrize(
    "answers",
    [
        {"amount": "up_to_7000"},
        {"amount": ""},
        {"receiver": "known"},
        {"help": "no"},
        {"mood": "good"},
        {"amount": "up_to_5000", "credential": "crown"},
    ],
)
def test_it_refuses_answers_that_no_screen_could_have_sent(answers: Answers) -> None:
    with pytest.raises(UnknownAnswerError):
        next_question(DEMO_BRANCH.service("A01"), CHINA, answers)


def test_every_question_has_a_prompt_and_answers_of_different_codes() -> None:
    assert PROMPTS.keys() | {QuestionCode.HELP, *REMARKS, *BESIDE} == set(QuestionCode)
    for answers in REMARKS.values():
        assert len({answer.code for answer in answers}) == len(answers)
    for answers in FIXED.values():
        assert len({answer.code for answer in answers}) == len(answers)
