"""What a new branch begins with in its country: currency, languages, clock, limits and hours.
All of it is a proposal in a form, and whoever sets up the branch may type something else."""

from collections.abc import Mapping
from dataclasses import dataclass

from lobby.i18n.texts import mark


@dataclass(frozen=True, slots=True)
class Country:
    """`languages` in the order of use, the branch's own first; the hours as they are typed. The
    limits are whole amounts of the currency up to which machines pay out and transfer. Where
    `currency` and `time_zone` are empty, somebody has to say them."""

    code: str
    name: str
    currency: str
    languages: tuple[str, str, str]
    time_zone: str
    weekdays: str
    saturday: str
    sunday: str
    cash: int
    transfer: int


CHINA = Country(
    code="CN",
    name=mark("China"),
    currency="CNY",
    languages=("zh", "en", "vi"),
    time_zone="Asia/Shanghai",
    weekdays="08:30-17:00",
    saturday="09:30-16:00",
    sunday="09:30-16:00",
    cash=20_000,
    transfer=50_000,
)
VIETNAM = Country(
    code="VN",
    name=mark("Vietnam"),
    currency="VND",
    languages=("vi", "en", "zh"),
    time_zone="Asia/Ho_Chi_Minh",
    weekdays="08:00-11:30, 13:00-16:30",
    saturday="",
    sunday="",
    cash=50_000_000,
    transfer=100_000_000,
)
ELSEWHERE = Country(
    code="OTHER",
    name=mark("Another country"),
    currency="",
    languages=("en", "zh", "vi"),
    time_zone="",
    weekdays="09:00-17:00",
    saturday="",
    sunday="",
    cash=20_000,
    transfer=50_000,
)
COUNTRIES: Mapping[str, Country] = {each.code: each for each in (CHINA, VIETNAM, ELSEWHERE)}
