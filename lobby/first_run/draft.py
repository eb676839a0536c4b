"""What was typed so far, page by page: kept by the server until the branch is made, so that going
back, or a mistake, loses nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lobby.first_run.countries import COUNTRIES, VIETNAM, Country
from lobby.first_run.new_branch import shipped_services
from lobby.web.commands import FormFields

OF_COUNTRY = ("first_language", "time_zone", "currency", "cash", "transfer")
HOURS = ("weekdays", "saturday", "sunday")
"""Fields whose proposals are those of the country."""

NOT_TICKED = frozenset({"C02", "W01", "B08", "F01"})
"""Services that many branches leave to a larger one."""

COUNTERS = "1, 2, 3, 4"
VALUE_LETTERS_MAX = 2_000
"""More than any field of a form takes: what is cut here would be gone without a word."""


@dataclass(slots=True)
class Draft:
    """`password` is never shown again; `done` are the pages that were filled in."""

    language: str = ""
    country_code: str = ""
    password: str = ""
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    @property
    def country(self) -> Country:
        return COUNTRIES[self.country_code]

    def choose_country(self, code: str) -> None:
        """Another country has other proposals, also for what was typed for the first one."""
        if code != self.country_code:
            self.country_code = code
            for name in (*OF_COUNTRY, *HOURS):
                self.fields.pop(name, None)

    def keep(self, form: FormFields, names: Iterable[str]) -> None:
        for name in names:
            self.fields[name] = tuple(text[:VALUE_LETTERS_MAX] for text in form.all(name))

    def all(self, name: str) -> tuple[str, ...]:
        """What was typed or ticked, or else what is proposed."""
        found = self.fields.get(name)
        return self._proposed.get(name, ()) if found is None else found

    def get(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    @property
    def _proposed(self) -> Mapping[str, tuple[str, ...]]:
        country = COUNTRIES.get(self.country_code)
        ticked = (each["code"] for each in shipped_services() if each["code"] not in NOT_TICKED)
        general = {"service": tuple(ticked), "counters": (COUNTERS,)}
        if country is None:
            return general
        return {
            **general,
            "first_language": (country.languages[0],),
            "time_zone": (country.time_zone,),
            "currency": (country.currency,),
            "cash": (_grouped(country.cash, country),),
            "transfer": (_grouped(country.transfer, country),),
            "weekdays": (country.weekdays,),
            "saturday": (country.saturday,),
            "sunday": (country.sunday,),
        }


def _grouped(amount: int, country: Country) -> str:
    """As amounts are written there."""
    return f"{amount:,}".replace(",", "." if country is VIETNAM else ",")
