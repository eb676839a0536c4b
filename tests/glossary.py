"""One name for one thing, in every language: what is said, and what is not said instead of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lobby.i18n.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class Name:
    """`said` is the name, or several where context decides; `never` are the others that have been
    used for the same thing, or words that a native reader stumbles over."""

    said: str
    never: tuple[str, ...] = ()


GLOSSARY: Mapping[str, Mapping[str, Name]] = {
    "zh": {
        "branch": Name("网点"),
        "hall": Name("大堂", ("厅堂", "大厅")),
        "lobby manager": Name("大堂经理"),
        "branch head": Name("网点负责人"),
        "adviser": Name("客户经理", ("理财经理",)),
        "counter": Name("窗口", ("柜台",)),
        "kiosk": Name("取号机"),
        "number": Name("号码", ("票号",)),
        "slip": Name("号码单", ("号票", "凭条", "纸票")),
        "slip printer": Name("号码单打印机"),
        "test slip": Name("测试单"),
        "self-service machine": Name("自助设备", ("机器", "自助机")),
        "cash and deposit machine": Name("存取款机", ("存取款一体机",)),
        "passbook printer": Name("存折补登机"),
        "on duty": Name("值班", ("当值", "在岗")),
        "to fetch in person": Name("上前引导", ("接引",)),
        "risk alert": Name("风险提醒", ("风险卡", "风险提示卡", "建卡")),
        "to choose by hand": Name("指定叫号", ("选叫", "人工指定")),
        "to be passed": Name("被越过", ("被超过",)),
        "lost item": Name("失物", ("遗失物品",)),
        "notice": Name("通知", ("公告",)),
        "premium customer": Name("贵宾"),
        "closing for the day": Name("结束营业", ("下班", "打烊")),
        "politeness": Name("可以为您", ("很乐意", "您备好", "授意")),
    },
    "vi": {
        "branch": Name("chi nhánh", ("điểm giao dịch",)),
        "hall": Name("sảnh"),
        "lobby manager": Name("quản lý sảnh"),
        "branch head": Name("giám đốc chi nhánh"),
        "adviser": Name("chuyên viên"),
        "counter": Name("quầy"),
        "kiosk": Name("máy lấy số"),
        "number": Name("số"),
        "slip": Name("phiếu"),
        "slip printer": Name("máy in phiếu"),
        "test slip": Name("phiếu thử"),
        "self-service machine": Name("máy tự phục vụ", ("máy tự động",)),
        "cash machine": Name("máy ATM", ("máy rút tiền",)),
        "pager": Name("máy báo rung", ("máy nhắn", "thiết bị gọi")),
        "risk alert": Name("cảnh báo rủi ro", ("mở thẻ cảnh báo", "thẻ cảnh báo", "thẻ rủi ro")),
        "to choose by hand": Name("gọi đích danh", ("gọi chọn", "chọn riêng")),
        "promise": Name("cam kết", ("chúng tôi hẹn",)),
        "premium customer": Name("khách hàng VIP", ("khách hàng ưu tiên", "khách hàng cao cấp")),
        "far too long": Name("quá lâu nghiêm trọng", ("quá lâu nhiều",)),
        "politeness": Name("có thể giúp", ("sẵn lòng",)),
    },
    "en": {
        "hall": Name("hall"),
        "counter": Name("counter"),
        "kiosk": Name("kiosk"),
        "number": Name("number, ticket (staff)"),
        "slip": Name("slip"),
        "self-service machine": Name("machine"),
        "kiosks, displays": Name("device"),
        "to answer a call": Name("On my way", ("I go", "I go along", "I see to it")),
        "to unpair a device": Name("Unpair", ("Take away", "take it away")),
        "to record a complaint": Name("Record", ("Take it down",)),
        "to remove a notice": Name("Remove", ("Take down", "hangs now")),
        "short of staff": Name("short-staffed", ("colleagues are missing",)),
        "out of cash": Name("out of cash", ("out of notes", "has no notes")),
        "offer of help": Name("Our staff can", ("gladly",)),
        "to reload": Name("reload", ("draws itself",)),
        "meanwhile": Name("in the meantime", ("settled itself",)),
    },
}
"""By language, then by what is meant."""


def given_up_in(text: str, language: str) -> tuple[str, ...]:
    """The words of `text` that have been given up, as they stand in the glossary."""
    never = (word for name in GLOSSARY[language].values() for word in name.never)
    return tuple(word for word in never if _says(text, word, language))


def _says(text: str, word: str, language: str) -> bool:
    """Chinese has no gaps between its words."""
    if not LANGUAGES[language].has_spaces:
        return word in text
    return re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) is not None
