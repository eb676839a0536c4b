"""The languages of Lobby, in the order in which they are offered: one record says everything that
depends on the language, except its sentences."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lobby.i18n.alphabets import Alphabet, chinese, vietnamese
from lobby.i18n.spoken_numbers import (
    SpokenNumbers,
    Word,
    chinese_count,
    english_count,
    vietnamese_count,
)
from lobby.i18n.spoken_times import (
    ENGLISH_DATE,
    VIETNAMESE_DATE,
    chinese_time,
    english_date,
    english_time,
    vietnamese_date,
    vietnamese_time,
)
from lobby.i18n.whole_numbers import (
    PAIR,
    chinese_number,
    english_number,
    vietnamese_number,
)

BETWEEN_WORDS = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
"""A space between two Chinese characters."""


@dataclass(frozen=True, slots=True)
class Language:
    """`code` names the folder of its sentences (lobby/i18n/po) and of its recordings
    (static/sounds), and stands in addresses. `html_code` is what a page says of itself, so that
    browsers pick the right glyphs and voices; `locale` is Babel's, for numbers and dates, and
    `weekday_and_date` and `long_date` patterns of Babel's. `large_units` are those that amounts of
    money are said in, the largest first, each with its word as it follows the figure. `alphabet` is
    what its slips need beyond Latin."""

    code: str
    own_name: str
    html_code: str
    locale: str
    numbers: SpokenNumbers
    weekday_and_date: str = "EEEE d MMMM"
    long_date: str = "full"
    full_stop: str = "."
    sentence_gap: str = " "
    clause_gap: str = "; "
    has_spaces: bool = True
    large_units: tuple[tuple[int, str], ...] = ()
    alphabet: Alphabet = frozenset

    def closed_up(self, sentence: str) -> str:
        """Without the space that stands before a figure, where words have come in its place."""
        return sentence if self.has_spaces else BETWEEN_WORDS.sub("", sentence)

    def sentences(self, *sentences: str) -> str:
        """One after the other, as they are written in this language."""
        return self.sentence_gap.join(sentences)


CHINESE = Language(
    code="zh",
    own_name="中文",
    html_code="zh-CN",
    locale="zh_Hans_CN",
    numbers=SpokenNumbers(
        digits=("零", "一", "二", "三", "四", "五", "六", "七", "八", "九"),
        count=chinese_count,
        telephone_one="幺",
        number=chinese_number,
        pair=PAIR,
        pair_before=("位", "元", "千", "万", "亿", "小时", "分钟", "越南盾"),
        point=Word("decimal-point", "点"),
        time=chinese_time,
    ),
    weekday_and_date="M月d日EEEE",
    full_stop="。",
    sentence_gap="",
    clause_gap="；",
    has_spaces=False,
    large_units=((100_000_000, "亿"), (10_000, "万"), (1_000, "千")),
    alphabet=chinese,
)

VIETNAMESE = Language(
    code="vi",
    own_name="Tiếng Việt",
    html_code="vi",
    locale="vi_VN",
    weekday_and_date="EEEE, d/M",
    long_date="EEEE, d/M/yyyy",
    numbers=SpokenNumbers(
        digits=("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"),
        count=vietnamese_count,
        letters=(
            *("a", "bê", "xê", "đê", "e", "ép", "giê", "hát", "i", "gi", "ca", "e-lờ", "em-mờ"),
            *("en-nờ", "o", "pê", "quy", "e-rờ", "ét-sì", "tê", "u", "vê", "vê kép"),
            *("ích-xì", "i-cờ-rét", "dét"),
        ),
        number=vietnamese_number,
        point=Word("decimal-point", "phẩy"),
        time=vietnamese_time,
        date=vietnamese_date,
        date_pattern=VIETNAMESE_DATE,
    ),
    large_units=((1_000_000_000, "tỷ"), (1_000_000, "triệu")),
    alphabet=vietnamese,
)

ENGLISH = Language(
    code="en",
    own_name="English",
    html_code="en",
    locale="en_GB",
    numbers=SpokenNumbers(
        digits=("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
        count=english_count,
        number=english_number,
        point=Word("decimal-point", "point"),
        time=english_time,
        date=english_date,
        date_pattern=ENGLISH_DATE,
        signs={"¥": Word("currency-cny", "yuan"), "₫": Word("currency-vnd", "dong")},
    ),
)

LANGUAGES: Mapping[str, Language] = {
    language.code: language for language in (CHINESE, VIETNAMESE, ENGLISH)
}
"""By their codes."""
