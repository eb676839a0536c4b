"""What a reader of set-ups does not take is said in the language of whoever typed it."""

from typing import Any

import pytest

from lobby.setup.changes import Change, changed
from lobby.setup.holding import read
from lobby.setup.refusals import Wrong, WrongSetUpError
from lobby.setup_pages.wrong_words import told_of
from tests.setup.demo import TODAY
from tests.setup.test_changes import DEMO_TREE

PROMISE = ("rules", "2026-01-01", "promises", "regular", "within_min")


@pytest.mark.parametrize(
    ("path", "value", "zh", "vi"),
    [
        (PROMISE, 0, "0.1 到 480 之间的数", "từ 0.1 đến 480"),
        (("profiles", "CN", "limits", "cash 2026-01-01", "amount"), 0, "之间的整数", "số nguyên"),
        (("complaint_phone",), "1" * 50, "最多 40 个字符", "tối đa 40 ký tự"),
        (("complaint_phone",), " ", "没有填写", "còn trống"),
        (
            ("services", "A04", "names"),
            {"en": "x"},
            "缺少以下语言：zh, vi",
            "thiếu ngôn ngữ: zh, vi",
        ),
        (("hours", "retail", "monday"), "x", "请按先后顺序填写时间", "nhập giờ theo thứ tự"),
        (("branch", "dial"), "x", "inform", "inform"),
        (("branch", "counters"), ["1", "1"], "出现了两次", "lặp lại hai lần"),
        (("routine",), [], "取号机首页", "Màn hình đầu"),
    ],
)
def test_each_kind_has_its_sentence(path: tuple[str, ...], value: Any, zh: str, vi: str) -> None:
    wrong = changed(DEMO_TREE, [Change(path, value)])
    with pytest.raises(WrongSetUpError) as told:
        read(wrong, TODAY)
    mistake = told.value.mistakes[0]
    assert zh in told_of(mistake, "zh")
    assert vi in told_of(mistake, "vi")


def test_one_that_has_none_is_said_as_the_reader_says_it() -> None:
    assert told_of(Wrong((), "Something else."), "zh") == "Something else."
