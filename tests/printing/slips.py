"""One ticket and one self-service slip of the Riverside branch in each language."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from PIL import Image

from lobby.printing.paper import Paper
from lobby.printing.slip import Slip, SlipKind

ADDRESS = "https://queue.bank.example/t/Zr5vQm2KxT8wBd4L"
AT = datetime(2026, 11, 23, 9, 5, tzinfo=ZoneInfo("Asia/Shanghai"))

TICKETS = {
    "zh": Slip(
        kind=SlipKind.TICKET,
        language="zh",
        branch="江滨支行",
        number="A012",
        service="转账汇款",
        issued_at=AT,
        address=ADDRESS,
        ahead="您前面还有 5 位客户",
        wait="预计等待 8–14 分钟",
        documents=("银行卡或身份证", "收款人姓名、账号和开户行"),
        fee="柜台按收费标准；自助机更低；手机银行通常免费",
        fairness="我们按先来后到的顺序叫号。",
        complaint_phone="027 8555 0100",
    ),
    "vi": Slip(
        kind=SlipKind.TICKET,
        language="vi",
        branch="Chi nhánh Bờ Sông",
        number="A012",
        service="Chuyển khoản",
        issued_at=AT,
        address=ADDRESS,
        ahead="Còn 5 khách trước quý khách",
        wait="Thời gian chờ dự kiến: 8–14 phút",
        documents=("Thẻ hoặc giấy tờ tùy thân", "Họ tên, số tài khoản và ngân hàng của người nhận"),
        fee="Tại quầy theo biểu phí; tại máy thấp hơn; trên điện thoại thường miễn phí",
        fairness="Chúng tôi gọi theo thứ tự đến trước.",
        complaint_phone="028 5550 0100",
    ),
    "en": Slip(
        kind=SlipKind.TICKET,
        language="en",
        branch="Riverside Branch",
        number="A012",
        service="Transfer or remittance",
        issued_at=AT,
        address=ADDRESS,
        ahead="5 people before you",
        wait="About 8 to 14 min",
        documents=("Card or ID", "Name, account and bank of the receiver"),
        fee="Counter: see tariff. Machine: lower. Phone: usually free.",
        fairness="We call in the order of arrival.",
        complaint_phone="027 8555 0100",
    ),
}

SELF_SERVICE_SLIPS = {
    "zh": replace(
        TICKETS["zh"],
        kind=SlipKind.SELF_SERVICE,
        number="S003",
        service="取款",
        wait=None,
        machine="自助区，进门左侧，2 号存取款一体机",
        back_to_counter="您随时可以回柜台办理，排队时间仍从 9:05 算起。",
        documents=("银行卡",),
        fee="本行卡免费",
        fairness=None,
    ),
    "vi": replace(
        TICKETS["vi"],
        kind=SlipKind.SELF_SERVICE,
        number="S003",
        service="Rút tiền mặt",
        wait=None,
        machine="Máy nộp rút tiền số 2, khu tự phục vụ, bên trái cửa vào",
        back_to_counter="Quý khách có thể quay lại quầy bất cứ lúc nào; thứ tự vẫn tính từ 9:05.",
        documents=("Thẻ ngân hàng",),
        fee="Miễn phí với thẻ của ngân hàng",
        fairness=None,
    ),
    "en": replace(
        TICKETS["en"],
        kind=SlipKind.SELF_SERVICE,
        number="S003",
        service="Cash withdrawal",
        wait=None,
        machine="Cash machine 2, self-service area, left of the entrance",
        back_to_counter="You can come back to the counter any time. Your place counts from 9:05.",
        documents=("Bank card",),
        fee="Free with a card of this bank",
        fairness=None,
    ),
}

SLIPS = [*TICKETS.values(), *SELF_SERVICE_SLIPS.values()]


def named(slip: Slip) -> str:
    return f"{slip.kind.value}-{slip.language}"


def on_the_roll(image: Image.Image, paper: Paper) -> Image.Image:
    """As it hangs from the printer: with the white that the head does not reach."""
    roll = Image.new("L", (image.width + 2 * paper.edge, image.height + 2 * paper.edge), 255)
    roll.paste(image.convert("L"), (paper.edge, paper.edge))
    return roll
