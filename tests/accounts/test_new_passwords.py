"""What may be a password, by the rules of ASVS 5.0."""

import pytest

from lobby.accounts.new_passwords import checked_password, common_passwords, drawn_password
from lobby.accounts.refusals import AccountRefusedError, Problem

REFUSED = {
    "": Problem.TOO_SHORT,
    "a1b2c3d": Problem.TOO_SHORT,
    "é" * 7: Problem.TOO_SHORT,
    "e\u0301" * 7: Problem.TOO_SHORT,
    "river " * 22: Problem.TOO_LONG,
    "1234567890": Problem.TOO_COMMON,
    "0987654321": Problem.TOO_COMMON,
    " " * 10: Problem.TOO_COMMON,
    "PassWord1": Problem.TOO_COMMON,
    "qwertyuiop": Problem.TOO_COMMON,
    "abcdefgh": Problem.TOO_COMMON,
    "aaaaaaaaaaaa": Problem.TOO_COMMON,
    "lobbylobby": Problem.TOO_COMMON,
    "iloveyou1": Problem.TOO_COMMON,
    "thuhanoi": Problem.OWN_NAME,
    "Nguyen Thu 12": Problem.OWN_NAME,
    "thu.ha": Problem.TOO_SHORT,
    "nguyenha1": Problem.OWN_NAME,
}
TAKEN = (
    "calm river 42",
    "cà phê sữa đá",
    "四月的雨下在河边",
    "zq8mw4kt",
    "a" + "bamboo kettle " * 9,
    "thu likes green tea",
)


@pytest.mark.parametrize("typed", REFUSED)
def test_it_refuses(typed: str) -> None:
    with pytest.raises(AccountRefusedError) as refused:
        checked_password(typed, name="Nguyen Thu Ha", username="thuhanoi")
    assert refused.value.problem is REFUSED[typed]


@pytest.mark.parametrize("typed", TAKEN)
def test_it_takes(typed: str) -> None:
    assert checked_password(typed, name="Nguyen Thu Ha", username="thuhanoi") == typed


def test_it_takes_whatever_it_draws() -> None:
    for _ in range(50):
        assert checked_password(drawn_password(), name="Thu", username="thu")


def test_the_list_has_the_common_ones_that_are_long_enough() -> None:
    assert len(common_passwords()) > 3_000
    assert all(len(each) >= 8 for each in common_passwords())
    assert {"password", "12345678", "qwertyuiop"} <= common_passwords()
    assert "Copyright" not in common_passwords()
