"""One service on a page: its names, its line, its fees, what to bring and what happens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lobby import typed_text
from lobby.catalogue.entries import NUMBER_MAX, TEXT_MAX
from lobby.catalogue.file_tree import Tree
from lobby.catalogue.labels import POOL_MAX
from lobby.catalogue.services import MINUTES
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark
from lobby.queueing.model.limits import SLIP_PREFIX
from lobby.setup.changes import Path
from lobby.setup.typed_amounts import amount_in, as_typed
from lobby.setup_pages.days import day_in
from lobby.setup_pages.section import ON, Fields, Mistake, Mistakes
from lobby.setup_pages.services.words import CHANNELS

NO_TEXT = mark("Please type it in every language, at most %(most)s characters each.")
NO_LETTER = mark("Please type one letter from A to Z; S is kept for slips for machines.")
NO_MINUTES = mark("Please type a number of minutes from %(least)s to %(most)s.")
NO_AMOUNT = mark("Please type an amount; 0 is free.")
NO_DAY = mark("Please choose a day.")
NO_STEPS = mark("Please type as many steps in each language, one on each line, at least one.")
NO_DOCUMENTS = mark("Please keep at least one line of what to bring.")
NO_QUEUE = mark("Please type a name of at most %(most)s characters.")
FEE_NEEDED = mark("This fee is always shown: it has an amount and a note.")
STEPS_MAX = 12


@dataclass(frozen=True, slots=True)
class FeeView:
    """`name` begins the names of its fields."""

    name: str
    channel: str
    is_needed: bool


@dataclass(frozen=True, slots=True)
class View:
    code: str
    name: str
    has_line: bool
    is_offered: bool
    currency: str
    queues: tuple[str, ...]
    fees: tuple[FeeView, ...]
    documents: int


class OneService:
    def __init__(self, code: str) -> None:
        self.code = code

    def rows(self, tree: Tree, language: str) -> View | None:
        """None where the branch has no such service."""
        service = self._service(tree)
        if service is None:
            return None
        return View(
            code=self.code,
            name=service["names"][language],
            has_line=service.get("queue", True),
            is_offered=service.get("offered", True),
            currency=tree["profiles"][tree["profile"]]["currency"],
            queues=tuple(dict.fromkeys(each["pool"] for each in tree["services"])),
            fees=tuple(
                FeeView(f"fee_{channel}", label, _is_needed(service, channel))
                for channel, label in CHANNELS.items()
            ),
            documents=len(service["documents"]) + 1,
        )

    def typed(self, tree: Tree) -> Fields:
        service = self._service(tree)
        return {} if service is None else dict(_typed(service, tree["profile"]))

    def changed(self, tree: Tree, fields: Fields) -> Tree | Mistakes:
        service = self._service(tree)
        if service is None:
            return tree
        mistakes: dict[str, Mistake] = {}
        shown = self.typed(tree)
        new = _Typed(service, tree, shown, fields, mistakes).service()
        if mistakes:
            return Mistakes(mistakes)
        services = [new if each is service else each for each in tree["services"]]
        return {**tree, "services": services}

    def field_of(self, path: Path) -> str:
        match path:
            case ("services", self.code, "names", language):
                return f"name_{language}"
            case ("services", self.code, ("prefix" | "pool" | "minutes") as name, *_):
                return name
            case ("services", self.code, "fees", channel, *_):
                return f"fee_{channel}_amount"
            case ("services", self.code, "steps", *_):
                return "steps"
            case ("services", self.code, "documents", *_):
                return "documents"
        return ""

    def _service(self, tree: Tree) -> Tree | None:
        return next((each for each in tree["services"] if each["code"] == self.code), None)


def _typed(service: Tree, profile: str) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        yield f"name_{language}", service["names"][language]
        yield f"steps_{language}", "\n".join(service["steps"][language])
    if service.get("queue", True):
        yield "prefix", service["prefix"]
    yield "pool", service["pool"]
    yield "minutes", as_typed(service["minutes"])
    for number, document in enumerate([*service["documents"], {}]):
        yield f"is_large_{number}", ON if document.get("only_large") else ""
        for language in LANGUAGES:
            yield f"document_{number}_{language}", document.get(language, "")
    for channel in CHANNELS:
        yield from _fee_typed(channel, service["fees"].get(channel), profile)


def _fee_typed(channel: str, fee: Tree | None, profile: str) -> Iterator[tuple[str, str]]:
    name = f"fee_{channel}"
    known = fee or {"amounts": {}, "notes": {}}
    amount = known["amounts"].get(profile, 0)
    yield f"{name}_amount", "" if fee is None else as_typed(amount)
    yield f"{name}_source", known.get("source", "")
    yield f"{name}_since", str(known.get("valid_from", ""))
    for language in LANGUAGES:
        yield f"{name}_note_{language}", known["notes"].get(language, "")


def _is_needed(service: Mapping[str, Any], channel: str) -> bool:
    return channel == "counter" or (channel == "machine" and "machine" in service)


class _Typed:
    """What was typed of one service. Parts in which nothing was typed stay as they are."""

    def __init__(
        self,
        service: Tree,
        tree: Tree,
        shown: Fields,
        fields: Fields,
        mistakes: dict[str, Mistake],
    ) -> None:
        self._old, self._tree = service, tree
        self._shown, self._fields, self._mistakes = shown, fields, mistakes

    def service(self) -> Tree:
        new = {
            **self._old,
            "names": self._texts("name", self._old["names"]),
            "pool": self._pool(),
            "minutes": self._minutes(),
            "documents": self._documents(),
            "steps": self._steps(),
            "fees": self._fees(),
        }
        if "prefix" in self._old:
            new["prefix"] = self._letter()
        return new

    def _is_touched(self, *begins: str) -> bool:
        return any(
            text != self._shown.get(name, "")
            for name, text in self._fields.items()
            if name.startswith(begins) and name in self._shown
        )

    def _said(self, name: str) -> str:
        return typed_text.words(self._fields[name])

    def _texts(self, name: str, old: Mapping[str, str]) -> Mapping[str, str]:
        if not self._is_touched(f"{name}_"):
            return old
        return {code: self._text(f"{name}_{code}") for code in LANGUAGES}

    def _text(self, name: str) -> str:
        said = self._said(name)
        if not 0 < len(said) <= TEXT_MAX:
            self._mistakes[name] = Mistake(NO_TEXT, {"most": TEXT_MAX})
        return said

    def _letter(self) -> str:
        letter = typed_text.code(self._fields["prefix"])
        if len(letter) != 1 or not "A" <= letter <= "Z" or letter == SLIP_PREFIX:
            self._mistakes["prefix"] = Mistake(NO_LETTER)
        return letter

    def _pool(self) -> str:
        pool = typed_text.name(self._fields["pool"])
        if not 0 < len(pool) <= POOL_MAX:
            self._mistakes["pool"] = Mistake(NO_QUEUE, {"most": POOL_MAX})
        return pool

    def _minutes(self) -> float:
        minutes = typed_text.number(self._fields["minutes"])
        if minutes is None or not MINUTES[0] <= minutes <= MINUTES[1]:
            blanks = {"least": MINUTES[0], "most": MINUTES[1]}
            self._mistakes["minutes"] = Mistake(NO_MINUTES, blanks)
            return MINUTES[0]
        return int(minutes) if minutes == int(minutes) else minutes

    def _documents(self) -> list[Any]:
        """A line that is empty in every language is none."""
        if not self._is_touched("document_", "is_large_"):
            return list(self._old["documents"])
        found: list[Any] = []
        for number in range(len(self._old["documents"]) + 1):
            names = [f"document_{number}_{code}" for code in LANGUAGES]
            if any(self._said(name) for name in names):
                texts = dict(zip(LANGUAGES, map(self._text, names), strict=True))
                found.append(texts | {"only_large": self._fields[f"is_large_{number}"] == ON})
        if not found:
            self._mistakes["documents"] = Mistake(NO_DOCUMENTS)
        return found

    def _steps(self) -> Mapping[str, Any]:
        if not self._is_touched("steps_"):
            steps: Mapping[str, Any] = self._old["steps"]
            return steps
        found = {
            code: [
                line
                for each in self._fields[f"steps_{code}"].splitlines()
                if (line := typed_text.words(each))
            ]
            for code in LANGUAGES
        }
        counts = {len(lines) for lines in found.values()}
        longest = max((len(line) for lines in found.values() for line in lines), default=0)
        if len(counts) != 1 or not 0 < max(counts) <= STEPS_MAX or longest > TEXT_MAX:
            self._mistakes["steps"] = Mistake(NO_STEPS)
        return found

    def _fees(self) -> Mapping[str, Any]:
        found = {}
        for channel in CHANNELS:
            old = self._old["fees"].get(channel)
            fee = self._fee(channel, old) if self._is_touched(f"fee_{channel}_") else old
            if fee is not None:
                found[channel] = fee
        return found

    def _fee(self, channel: str, old: Tree | None) -> Tree | None:
        """None where every field of it is empty, which some fees may be."""
        name = f"fee_{channel}"
        parts = [each for each in self._shown if each.startswith(f"{name}_")]
        if not any(self._said(each) for each in parts):
            if _is_needed(self._old, channel):
                self._mistakes[f"{name}_amount"] = Mistake(FEE_NEEDED)
            return None
        amounts: dict[str, float] = dict.fromkeys(self._tree["profiles"], 0)
        amounts |= old["amounts"] if old else {}
        amounts[self._tree["profile"]] = self._amount(f"{name}_amount")
        return {
            "amounts": amounts,
            "source": self._text(f"{name}_source"),
            "valid_from": self._day(f"{name}_since"),
            "notes": {code: self._text(f"{name}_note_{code}") for code in LANGUAGES},
        }

    def _amount(self, name: str) -> float:
        amount = amount_in(self._fields[name])
        if amount is None or not 0 <= amount <= NUMBER_MAX:
            self._mistakes[name] = Mistake(NO_AMOUNT)
            return 0
        return amount

    def _day(self, name: str) -> Any:
        day = day_in(self._fields[name])
        if day is None:
            self._mistakes[name] = Mistake(NO_DAY)
        return day
