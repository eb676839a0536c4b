"""The one cast of the tests: two branches, their people, and the hour at which tests begin.

Thu and Wei are tellers at Riverside, Lan its lobby manager, Minh its branch head, Ada its
administrator. Harbour has a teller, Bao, a lobby manager, Hoa, and a branch head, Quan: they may
see nothing of Riverside.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from lobby.machines import MachineKind
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.machine import MachinePlan
from lobby.queueing.model.plan import CounterPlan, Plan, Service
from lobby.store.people import Role

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine o'clock on a Monday at Riverside."""

PEOPLE: Mapping[str, tuple[str, Role]] = {
    "thu": ("riverside", Role.TELLER),
    "wei": ("riverside", Role.TELLER),
    "lan": ("riverside", Role.LOBBY_MANAGER),
    "minh": ("riverside", Role.BRANCH_HEAD),
    "ada": ("riverside", Role.ADMINISTRATOR),
    "bao": ("harbour", Role.TELLER),
    "hoa": ("harbour", Role.LOBBY_MANAGER),
    "quan": ("harbour", Role.BRANCH_HEAD),
}
"""Where they work, and as what; in the order in which they are numbered."""

SERVICES = (
    Service("A01", "A", "cash", 4, {"en": "Cash withdrawal", "zh": "取款", "vi": "Rút tiền mặt"}),
    Service("A02", "A", "cash", 5, {"en": "Cash deposit", "zh": "存款", "vi": "Nộp tiền mặt"}),
    Service(
        "A04",
        "A",
        "cash",
        8,
        {"en": "Transfer or remittance", "zh": "转账汇款", "vi": "Chuyển khoản"},
    ),
    Service(
        "B01",
        "B",
        "service",
        18,
        {"en": "Open account or card", "zh": "开户、开卡", "vi": "Mở tài khoản, mở thẻ"},
    ),
    Service(
        "F01",
        "F",
        "exchange",
        12,
        {"en": "Foreign exchange", "zh": "外汇兑换", "vi": "Thu đổi ngoại tệ"},
    ),
)


MACHINES = (
    MachinePlan(
        "atm-1",
        MachineKind.ATM,
        frozenset({"card_reader", "cash_out"}),
        {"en": "left of the entrance", "zh": "入口左侧", "vi": "bên trái lối vào"},
    ),
    MachinePlan(
        "crs-2",
        MachineKind.CRS,
        frozenset({"card_reader", "cash_in", "cash_out"}),
        {"en": "by the window", "zh": "靠窗处", "vi": "cạnh cửa sổ"},
    ),
)


def plan(branch_id: str = "riverside", zone: str = "Asia/Shanghai") -> Plan:
    names = {
        "riverside": {"en": "Riverside Branch", "zh": "江滨支行", "vi": "Chi nhánh Bờ Sông"},
        "harbour": {"en": "Harbour Branch", "zh": "港口支行", "vi": "Chi nhánh Cảng"},
    }
    return Plan(
        id=branch_id,
        names=names[branch_id],
        time_zone=ZoneInfo(zone),
        services={service.code: service for service in SERVICES},
        counters={str(number): CounterPlan(str(number), str(number)) for number in (1, 2, 3, 4)},
        language="zh",
        target_min=20,
        machines={machine.id: machine for machine in MACHINES},
    )


def hall() -> Hall:
    return Hall.empty(plan())
