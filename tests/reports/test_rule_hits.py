from lobby.queueing.model.intake import OfferedBy
from lobby.reports.machine_words import REASONS, RULES
from lobby.reports.rule_hits import RuleLine, rule_hits
from lobby.triage.rules import RULES as TABLE
from lobby.triage.rules import rule_ids
from tests.reports.kpi_day import COINS, RULE_SET, VISITS, diverted, visit


def test_it_counts_how_often_each_rule_advised() -> None:
    hits = rule_hits(VISITS)
    assert {line.rule: line.hits for line in hits.others} == {
        "R10": 1,
        "R12": 1,
        "R22": 4,
        "R33": 1,
    }
    assert hits.versions == (RULE_SET,)
    assert hits.silent == tuple(r for r in rule_ids() if r not in RULES_THAT_SPOKE)


RULES_THAT_SPOKE = ("R01", "R02", "R10", "R12", "R22", "R33")


def test_it_lists_the_safety_questions_also_where_they_were_not_needed() -> None:
    assert rule_hits(VISITS).protection == (
        RuleLine("R01", RULE_SET, 0, is_protection=True),
        RuleLine("R02", RULE_SET, 0, is_protection=True),
    )
    hit = visit("A001", 0, rule="R02", rule_set="7/1", exclusion="RISK_SOFT")
    assert [line.hits for line in rule_hits([hit]).protection] == [0, 1]


def test_it_tells_versions_apart() -> None:
    older = visit("A001", 0, **{**COINS, "rule_set": "old/1"})
    hits = rule_hits([older, *VISITS])
    assert [(r.rule_set, r.hits) for r in hits.others if r.rule == "R12"] == [
        *((RULE_SET, 1), ("old/1", 1)),
    ]


def test_it_counts_second_offers_and_returns_as_their_rules() -> None:
    second = diverted(9, accepted=9, returned=12, by=OfferedBy.STAFF, rule="R20")
    hits = rule_hits([visit("A001", 0, **second)])
    assert [(line.rule, line.hits) for line in hits.others] == [("R20", 1), ("R32", 1), ("R33", 1)]


def test_it_has_nothing_to_say_where_no_rule_advised() -> None:
    hits = rule_hits([visit("A001", 0)])
    assert (hits.versions, hits.others) == ((), ())


def test_it_has_words_for_every_rule_and_every_reason_to_exclude() -> None:
    assert set(rule_ids()) == set(RULES)
    excluding = {rule.reason for rule in TABLE if not rule.eligible}
    assert {reason.value for reason in excluding} <= set(REASONS)
