"""A notice to the hall is one sentence in the reader's language, whatever the reason."""

from datetime import timedelta

import pytest
from msgspec import structs

from lobby.i18n.languages import LANGUAGES
from lobby.queueing.model.notices import NOTICE_REASONS, Notice, NoticeKind
from lobby.screens.notices import SENTENCES, notice_text
from tests.app.people import MORNING

REASONS = [(kind, reason) for kind, reasons in NOTICE_REASONS.items() for reason in reasons]
WRITTEN = Notice(1, NoticeKind.CUSTOM, "", {}, MORNING, MORNING + timedelta(hours=1))


@pytest.mark.parametrize(("kind", "reason"), REASONS)
def test_it_says_why_in_every_language(kind: NoticeKind, reason: str) -> None:
    notice = structs.replace(WRITTEN, kind=kind, reason=reason)
    said = {notice_text(notice, language) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)


def test_it_has_a_sentence_for_every_reason_and_no_other() -> None:
    assert set(SENTENCES) == set(REASONS)
    assert set(NOTICE_REASONS) == set(NoticeKind)


def test_it_says_what_was_written_by_hand_in_the_best_language_there_is() -> None:
    notice = structs.replace(WRITTEN, texts={"zh": "电梯已恢复", "en": "The lift is back"})
    assert notice_text(notice, "en") == "The lift is back"
    assert notice_text(notice, "vi") == "电梯已恢复"
