"""Lines that break between words: Vietnamese writes a space between the syllables of one word, and
a browser takes each of them for the end of a word; the same with the hyphens of a telephone
number."""

import re

from markupsafe import Markup

NO_BREAK_SPACE = "\u00a0"

COMPOUNDS: dict[str, tuple[str, ...]] = {
    "vi": (
        *("quý khách", "nhân viên", "giao dịch", "tài khoản", "ngân hàng", "căn cước", "công dân"),
        *("tiền mặt", "chuyển khoản", "hóa đơn", "thanh toán", "màn hình", "điện thoại"),
        *("chi nhánh", "dịch vụ", "doanh nghiệp", "đầu tư", "thừa kế", "vay vốn", "tiết kiệm"),
        *("trợ giúp", "thất lạc", "góp ý", "ngoại tệ", "thông minh", "lối vào", "cửa sổ"),
        *("mã PIN", "biểu phí", "số tiền", "số dư", "sao kê", "trước hạn", "đến hạn"),
        *("kết nối", "thời gian", "chuyên viên", "kiểm tra", "an toàn", "bảo đảm", "hướng dẫn"),
        *("sẵn sàng", "phục vụ", "mang theo", "giấy tờ", "đối chiếu", "thế nào", "cũng được"),
        *("tiếp theo", "bắt đầu", "hoạt động", "xếp hàng", "chuẩn bị", "vui lòng", "xin lỗi"),
        *("trẻ em", "giám hộ", "người khác", "người quen", "miễn phí", "thấp nhất", "tối đa"),
        *("trực tiếp", "bằng thẻ", "tiền xu", "mở cửa", "máy số"),
    ),
}
"""Words of several syllables that stand on the kiosk, by language."""

PATTERNS = {
    language: re.compile(
        "|".join(rf"\b{re.escape(word)}\b" for word in sorted(words, key=len, reverse=True)),
        re.IGNORECASE,
    )
    for language, words in COMPOUNDS.items()
}
TEXT = re.compile(r">[^<]+<")
"""What stands between two tags."""


PHONE = re.compile(r"\d+(?:-\d+)+")
"""A date has hyphens, too, and stays whole as well."""


def keep_words_whole(html: Markup, language: str) -> Markup:
    """Texts only: attributes and addresses stay as they are."""
    pattern = PATTERNS.get(language)

    def joined(text: re.Match[str]) -> str:
        kept = text[0]
        if pattern is not None:
            kept = pattern.sub(lambda word: word[0].replace(" ", NO_BREAK_SPACE), kept)
        return PHONE.sub(r'<span class="whole">\g<0></span>', kept)

    return Markup(TEXT.sub(joined, html))  # noqa: S704 - the tags are the template's own
