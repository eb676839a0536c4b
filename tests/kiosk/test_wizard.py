"""The questions over HTTP: one a screen, kept in the address, and stale steps that start over."""

import re
from html import unescape

import pytest

from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp, Person

PROMPTS = {
    "zh": "您要取多少钱？",
    "vi": "Quý khách muốn rút bao nhiêu?",
    "en": "How much would you like to take out?",
}
ANSWERS_MOST = 6
SCREENS_MOST = 5
ROUTINE_TAPS_MOST = 3


@pytest.fixture
def kiosk(counsel: LocalApp) -> Person:
    return counsel.paired(DeviceKind.KIOSK)


def links(page: str, kind: str = "answer") -> list[str]:
    return [unescape(href) for href in re.findall(rf'class="{kind}[^"]*" href="([^"]+)"', page)]


def prompt(page: str) -> str:
    found = re.search(r'kiosk__page--step.*kiosk__question">([^<]+)<', page, re.DOTALL)
    return found[1].replace("\u00a0", " ") if found else ""


def test_it_leads_from_the_service_to_its_first_question(kiosk: Person) -> None:
    first = kiosk.get("/kiosk")
    assert links(first.text)[0] == "/kiosk/advice?service=A01"
    question = kiosk.get("/kiosk/advice?service=A01")
    assert (question.status_code, prompt(question.text)) == (200, PROMPTS["en"])
    assert links(question.text)[:2] == [
        "/kiosk/advice?service=A01&amount=up_to_5000",
        "/kiosk/advice?service=A01&amount=up_to_20000",
    ]


@pytest.mark.parametrize("language", PROMPTS)
def test_it_keeps_the_answers_when_language_and_size_change(kiosk: Person, language: str) -> None:
    answered = "/kiosk/advice?service=A02&amount=up_to_5000"
    page = kiosk.get(answered).text
    kept = "&amp;service=A02&amp;amount=up_to_5000"
    assert f'href="/kiosk/advice?language=vi{kept}"' in page
    assert f'href="/kiosk/advice?size=large{kept}"' in page
    assert f'href="/kiosk/advice?reach=low{kept}"' in page
    changed = kiosk.get(f"/kiosk/advice?language={language}&size=large&service=A01").text
    assert prompt(changed) == PROMPTS[language]
    assert all("size=large" in link for link in links(changed))


def test_it_goes_back_one_answer_at_a_time(kiosk: Person) -> None:
    def back(path: str) -> str:
        found = re.search(r'href="([^"]+)" data-key="9"', kiosk.get(path).text)
        assert found
        return unescape(found[1])

    last = "/kiosk/advice?service=A01&amount=up_to_5000"
    before = back(last)
    assert before == "/kiosk/advice?service=A01"
    assert back(before) == "/kiosk"


def test_it_asks_within_bounds_whatever_is_answered(kiosk: Person) -> None:
    """Every way through the questions of every service: few answers, few screens."""
    catalogue = kiosk.get("/kiosk").text
    routine = links(catalogue)
    lists = links(kiosk.get("/kiosk?group=all").text)
    services = [href for group in lists for href in links(kiosk.get(group).text)]
    assert len(routine) + len(services) == 25
    for start in (*routine, *services):
        screens = _longest_way(kiosk, start, depth=2)
        assert screens <= SCREENS_MOST, start
        if start in routine:
            assert screens <= ROUTINE_TAPS_MOST, start


def _longest_way(kiosk: Person, path: str, depth: int) -> int:
    """Screens up to and with the advice, without the two wishes."""
    page = kiosk.get(path)
    assert page.status_code == 200, path
    answers = links(page.text)
    assert len(answers) <= ANSWERS_MOST
    if not prompt(page.text):
        return depth - 1
    return max(_longest_way(kiosk, href, depth + 1) for href in answers)


def test_it_lets_two_wishes_be_said_at_any_question(kiosk: Person) -> None:
    page = kiosk.get("/kiosk/advice?service=A01").text
    wishes = [unescape(href) for href in re.findall(r'class="button" href="([^"]+)"', page)]
    assert "/kiosk/advice?service=A01&help=yes" in wishes
    assert "/kiosk/advice?service=A01&preference=counter" in wishes
    said = kiosk.get("/kiosk/advice?service=A01&help=yes").text
    assert "I would like help" not in said, "once is enough"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("service=Z99", "This service is not offered here."),
        ("service=" + "A" * 5000, "This service is not offered here."),
        ("service=A01&colour=red", "The questions have just changed."),
        ("service=A01&amount=all", "The questions have just changed."),
        ("service=A01&amount=more&amount=more", "The questions have just changed."),
        (
            "service=A01&" + "&".join(f"q{n}=1" for n in range(50)),
            "The questions have just changed.",
        ),
        ("service=H01&receiver=known", "The questions have just changed."),
        ("service=A01&amount=<script src=//x>", "The questions have just changed."),
    ],
)
def test_it_starts_over_with_a_sentence_after_a_step_that_is_none(
    kiosk: Person, query: str, sentence: str
) -> None:
    page = kiosk.get(f"/kiosk/advice?{query}")
    assert page.status_code == 409
    assert sentence in page.text
    assert '<a class="button button--main told__onward" href="/kiosk"' in page.text
    assert "<script src=//x>" not in page.text
    as_json = kiosk.get(f"/kiosk/advice?{query}", headers={"Accept": "application/json"})
    assert as_json.json()["sentence"].startswith(sentence)


def test_it_begins_at_the_beginning_without_a_service(kiosk: Person) -> None:
    answer = kiosk.get("/kiosk/advice?language=vi")
    assert (answer.status_code, answer.headers["location"]) == (303, "/kiosk?language=vi")


def test_it_asks_nothing_in_a_branch_without_a_catalogue(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    assert kiosk.get("/kiosk/advice?service=A01").headers["location"] == "/kiosk"
    assert kiosk.get("/kiosk/advice/phone?service=A01").status_code == 409
    assert 'name="service" value="A01"' in kiosk.get("/kiosk").text


def test_it_is_for_kiosks_and_only_shows(counsel: LocalApp) -> None:
    for path in ("/kiosk/advice?service=A01", "/kiosk/advice/phone?service=A04"):
        for person in (counsel.stranger(), counsel.signed_in("thu")):
            assert person.get(path).status_code == 303
        assert counsel.paired(DeviceKind.KIOSK).post(path).status_code == 405
