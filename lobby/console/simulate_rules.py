"""The two calling rules that a simulation compares: by name, on top of the branch's settings."""

from argparse import Namespace
from dataclasses import dataclass, replace

from lobby.console.errors import CommandError
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import CallingRule, Order

ORDERS = {"rule-a": Order.RULE_A, "first-come": Order.FIRST_COME, "strict": Order.STRICT}
AGAINST = "first-come"


@dataclass(frozen=True, slots=True)
class Side:
    """`name` is for people."""

    name: str
    rule: CallingRule


def two_sides(plan: Plan, options: Namespace) -> tuple[Side, Side]:
    """What is asked about, and what it is compared with.

    Raises `CommandError`.
    """
    unknown = sorted(plan.calling.typical_min.keys() - plan.services.keys())
    if unknown:
        raise CommandError(f"The calling rule names the service {unknown[0]}, which is not there.")
    ours = _rule(plan.calling, options.rule, options.overtakes_max)
    theirs = _rule(plan.calling, options.against or AGAINST, None)
    if ours == theirs:
        raise CommandError("Both sides are the same rule; choose another one for --against.")
    return Side(_name(ours, theirs), ours), Side(_name(theirs, ours), theirs)


def _rule(branch: CallingRule, name: str, overtakes_max: int | None) -> CallingRule:
    rule = replace(branch, order=ORDERS[name])
    if overtakes_max is None:
        return rule
    if rule.order is not Order.RULE_A:
        raise CommandError(f"--overtakes-max goes with --rule rule-a, not with {name}.")
    return replace(rule, overtakes_max=overtakes_max)


def _name(rule: CallingRule, other: CallingRule) -> str:
    name = next(name for name, order in ORDERS.items() if order is rule.order)
    return f"{name}, max {rule.overtakes_max}" if rule.order is other.order else name
