"""Names of the demo's people, as they are usual where the branch runs."""

from collections.abc import Mapping
from itertools import cycle, islice

NAMES: Mapping[str, tuple[str, ...]] = {
    "zh": ("李娜", "王磊", "陈静", "刘洋", "赵敏", "孙浩", "周婷", "吴强", "郑洁", "何军"),
    "vi": (
        *("Nguyễn Thị Hoa", "Trần Văn Nam", "Lê Thu Trang", "Phạm Quốc Huy", "Hoàng Thị Mai"),
        *("Vũ Đức Long", "Đặng Thị Lan", "Bùi Minh Tuấn", "Đỗ Thị Hương", "Ngô Văn Sơn"),
    ),
    "en": (
        *("Alice Brown", "Tom Harris", "Emma Clark", "David Lewis", "Sarah Moore"),
        *("James Taylor", "Helen White", "Peter Hall", "Lucy Green", "Mark Evans"),
    ),
}


def names_of_staff(language: str, count: int) -> tuple[str, ...]:
    """So many names in the language of the branch; in English where nobody wrote any."""
    return tuple(islice(cycle(NAMES.get(language, NAMES["en"])), count))
