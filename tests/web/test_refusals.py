"""Every no of the core is a sentence in every language."""

from typing import get_args

import pytest

from lobby.i18n.languages import LANGUAGES
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.refusal import Refusal
from lobby.queueing.refusals.ticket import AnyRefusal, TooSoonForAbsent
from lobby.web.refusals import STATES, sentence

VALUES = {"state": TicketState.SERVING, "limit": 80, "seconds_left": 12, "calls_left": 0}
FAMILY = get_args(AnyRefusal)


def example(kind: type[Refusal]) -> Refusal:
    names = getattr(kind, "__dataclass_fields__", {})
    return kind(**{name: VALUES.get(name, "A012") for name in names})


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: str(kind.__name__))
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_a_sentence_with_nothing_left_to_fill_in(kind: type[Refusal], language: str) -> None:
    words = sentence(example(kind), language)
    assert words.strip()
    assert "%(" not in words


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: str(kind.__name__))
def test_it_speaks_the_language_that_was_asked_for(kind: type[Refusal]) -> None:
    said = {sentence(example(kind), language) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_whether_to_call_again_or_to_wait_before_somebody_is_absent(language: str) -> None:
    call_again = sentence(TooSoonForAbsent("A012", 45, calls_left=1), language)
    wait = sentence(TooSoonForAbsent("A012", 12), language)
    assert "A012" in call_again and "45" not in call_again
    assert "A012" in wait and "12" in wait.replace("A012", "")


def test_the_family_is_closed() -> None:
    assert set(Refusal.__subclasses__()) == set(FAMILY)


def test_it_names_every_state_of_a_ticket() -> None:
    assert set(STATES) == set(TicketState)
