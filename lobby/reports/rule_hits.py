"""How often each triage rule advised, by version of the rule set, with a number taken or not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lobby.queueing.model.intake import OfferedBy
from lobby.store.help_calls import KeptCall
from lobby.store.visits import Visit
from lobby.triage.rules import RULES, Group, rule_ids

SECOND_OFFER, RETURN = "R32", "R33"
"""They speak during the wait: one is counted by the offers of colleagues, one by the returns."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    rule: str
    rule_set: str
    hits: int
    is_protection: bool


@dataclass(frozen=True, slots=True)
class RuleHits:
    """`protection` lists the rules against deceit also where nothing was hit: their silence is
    to be seen, too. `silent` are the other rules without a hit."""

    versions: tuple[str, ...]
    protection: tuple[RuleLine, ...]
    others: tuple[RuleLine, ...]
    silent: tuple[str, ...]


def rule_hits(visits: Sequence[Visit], calls: Sequence[KeptCall] = ()) -> RuleHits:
    """`calls` are those for a colleague: many a piece of advice ends with one, without a number."""
    hits = Counter((*advised(visits), *advised_to_call(calls)))
    versions = tuple(sorted({version for _rule, version in hits if version}))
    protection = sorted({rule.id for rule in RULES if rule.group is Group.PROTECTION})
    latest = versions[-1] if versions else ""
    unheard = [rule for rule in protection if not any(known == rule for known, _ in hits)]
    lines = [RuleLine(rule, of, n, rule in protection) for (rule, of), n in sorted(hits.items())]
    lines += [RuleLine(rule, latest, 0, is_protection=True) for rule in unheard]
    heard = {line.rule for line in lines}
    return RuleHits(
        versions,
        protection=tuple(sorted((r for r in lines if r.is_protection), key=lambda r: r.rule)),
        others=tuple(line for line in lines if not line.is_protection),
        silent=tuple(rule for rule in rule_ids() if rule not in heard),
    )


def advised_to_call(calls: Iterable[KeptCall]) -> Iterator[tuple[str, str]]:
    """Of those who took no number, and of a service that was changed to: what was advised on the
    way in, a ticket has itself."""
    for call in calls:
        if call.rule:
            yield call.rule, call.rule_set


def advised(visits: Iterable[Visit]) -> Iterator[tuple[str, str]]:
    """Rule and version, once per piece of advice."""
    for visit in visits:
        for rule in rules_of(visit):
            yield rule, visit.rule_set


def rules_of(visit: Visit) -> tuple[str, ...]:
    """Those that advised this person, at the door and during the wait, each once."""
    rules = [visit.rule] if visit.rule else []
    if visit.offered_by is OfferedBy.STAFF:
        rules.append(SECOND_OFFER)
    if visit.returned_at is not None:
        rules.append(RETURN)
    return tuple(dict.fromkeys(rules))
