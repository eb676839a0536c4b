"""When the house itself is not well: a sentence for everybody whom it concerns, in their words."""

from http import HTTPStatus

import pytest

from lobby.i18n.texts import texts
from lobby.readiness import Readiness
from lobby.store.devices import DeviceKind
from lobby.store.errors import OutcomeUnknownError, StoreUnavailableError, Trouble
from lobby.supervision import PartKind
from lobby.web.errors import LOOKING, SENTENCES, UNEXPECTED
from lobby.web.house_words import FAILING, HAPPENED
from tests.app.app import LocalApp


def test_every_trouble_has_a_sentence() -> None:
    assert set(HAPPENED) == set(Trouble)
    assert set(FAILING) < set(PartKind)


WORDS = {
    "en": "The disk of the server is full",
    "zh": "服务器磁盘已满",
    "vi": "Ổ đĩa máy chủ đã đầy",
}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize(("who", "path"), [("minh", "/"), ("lan", "/floor"), ("ada", "/")])
def test_staff_are_told_what_happened_what_was_kept_and_what_to_do(
    door: LocalApp, who: str, path: str, language: str
) -> None:
    door.take()
    person = door.signed_in(who)
    address = f"{path}?language={language}"
    assert WORDS[language] not in person.get(address).text
    door.services.readiness.last = Readiness(Trouble.DISK_FULL, door.clock.now())
    page = person.get(address).text
    assert WORDS[language] in page
    assert page.count('class="notice house') == 1
    door.services.readiness.last = Readiness()
    assert WORDS[language] not in person.get(address).text


def test_staff_are_told_of_a_part_that_fails_until_it_works_again(door: LocalApp) -> None:
    [days] = [part for part in door.services.supervisor.parts if part.kind is PartKind.DAYS]
    lan, words = door.signed_in("lan"), "The new day could not be opened by itself"

    async def fail() -> None:
        days.failed("no such day")

    async def work() -> None:
        days.works()

    door.run(fail)
    assert words in lan.get("/floor").text
    door.run(work)
    assert words not in lan.get("/floor").text


UNSURE = {"en": "not certain", "zh": "不确定", "vi": "Chưa chắc"}


@pytest.mark.parametrize("language", UNSURE)
def test_who_may_have_got_a_number_is_told_so(
    door: LocalApp, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    async def lose(*_arguments: object, **_wishes: object) -> None:
        raise OutcomeUnknownError("lost in the commit")

    kiosk = door.paired(DeviceKind.KIOSK, language=language)
    monkeypatch.setattr(door.services.store.__class__, "write", lose)
    monkeypatch.setattr(door.riverside.__class__, "perform", lose)
    answer = kiosk.post_json("/kiosk/tickets", service="A01", language=language)
    assert answer.status_code == 503
    assert UNSURE[language] in answer.json()["sentence"]


def test_a_page_is_a_sentence_where_nobody_can_be_looked_up(
    door: LocalApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = door.signed_in("lan")

    async def away(*_arguments: object) -> None:
        raise StoreUnavailableError("away", Trouble.AWAY)

    monkeypatch.setattr(door.services.sessions, "identify", away)
    page = lan.get("/floor", headers={"Accept-Language": "vi"})
    assert page.status_code == 503
    assert page.headers["retry-after"] == "5"
    assert page.headers["content-security-policy"]
    assert 'lang="vi"' in page.text
    shown, saved = (words[HTTPStatus.SERVICE_UNAVAILABLE] for words in (LOOKING, SENTENCES))
    assert page.text.count(texts("vi").gettext(shown)) == 1
    assert lan.ask("/counter/calls", counter="1").json() == {"sentence": saved}


@pytest.mark.parametrize("status", LOOKING)
def test_who_only_looks_is_not_told_that_nothing_was_changed(status: HTTPStatus) -> None:
    assert "changed" not in LOOKING[status]
    assert "saved" not in LOOKING[status]
    assert "changed" in SENTENCES.get(status, UNEXPECTED)
