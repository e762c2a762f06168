"""One fact of a case at another value: every figure that stands on it moves, derived ones too."""

from __future__ import annotations

from graphlib import TopologicalSorter

from workbook.cases.case import Case, Fact
from workbook.cases.facts import computed
from workbook.plan import Plan
from workbook.whatif import set_figure


def moving(case: Case, fact: str, value: float) -> dict[str, float]:
    """The facts that take a new value when one does, by name: itself, and what is computed of it.

    FormulaError where a formula cannot be computed with the new value.
    """
    new = {fact: value}
    uses = {name: other.from_ for name, other in case.facts.items()}
    for name in TopologicalSorter(uses).static_order():
        other = case.facts.get(name)
        if other is not None and other.how and name != fact and new.keys() & set(other.from_):
            numbers = {used: new.get(used, _number(case.facts[used])) for used in other.from_}
            new[name] = computed(other.how, numbers)
    return new


def with_fact(case: Case, plan: Plan, fact: str, value: float) -> Plan:
    """The plan with one of the case's facts at another value, for a tornado over its ranges.

    `importance.tornado(case.plan, ranges, change=partial(with_fact, case))`; InputError for a
    value that is not allowed where the fact stands.
    """
    for name, number in moving(case, fact, value).items():
        for path in (path for path, basis in case.basis.items() if basis.name == name):
            plan = set_figure(plan, path, number)
    return plan


def _number(fact: Fact) -> float:
    """The value of a fact that a formula may use: a single number."""
    assert isinstance(fact.value, (int, float))
    return float(fact.value)
