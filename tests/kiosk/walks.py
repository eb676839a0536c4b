"""Every kind of advice as a way through the kiosk: the keys that lead there from the first screen.

The same digits are the buttons' own, so that a walk is tapped, typed, or clicked without scripts.
"""

from dataclasses import dataclass

COMES = {
    "zh": "工作人员马上过来。",
    "vi": "Nhân viên sẽ đến ngay.",
    "en": "Somebody is coming to help you.",
}


@dataclass(frozen=True, slots=True)
class Walk:
    """`keys` lead to the advice, `choice` takes it; it ends with a number of this letter, or
    with a colleague where there is none."""

    kind: str
    keys: tuple[str, ...]
    choice: str
    letter: str | None

    @property
    def taps(self) -> int:
        return len(self.keys)


WALKS = (
    Walk("machine suggested", ("1", "1", "1"), "1", "S"),
    Walk("counter beside a machine", ("1", "1", "1"), "2", "A"),
    Walk("machine with a colleague", ("1", "1", "1"), "3", "S"),
    Walk("counter above the limit", ("1", "4"), "1", "A"),
    Walk("counter for coins", ("2", "5"), "1", "A"),
    Walk("help wanted", ("2", "7", "1"), "1", "A"),
    Walk("counter preferred", ("1", "7"), "1", "A"),
    Walk("transfer at risk", ("3", "4"), "1", None),
    Walk("machine offered", ("4", "1"), "1", "S"),
    Walk("smart machine with a colleague", ("6", "1"), "1", "S"),
    Walk("lost card", ("more", "2", "1"), "1", "B"),
    Walk("adviser", ("more", "3", "2"), "1", "W"),
    Walk("company", ("more", "4", "1"), "1", "C"),
    Walk("complaint", ("more", "6", "1"), "1", None),
)
