"""Each rule finds what its examples say, no more and no less."""

from __future__ import annotations

import pytest

from workbook.consistency import faults_of
from workbook.plan import Plan
from workbook.review import RULES, review


def example_plan(data):
    return Plan.model_validate({"id": "example", **data})


EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_finds_exactly_what_its_example_names(rule, example):
    """Both ways: nothing is missed in a plan that breaks the rule, nothing found in another."""
    found = [finding.milestone for finding in rule.find(example_plan(example.plan))]
    assert found == list(example.finds)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_every_example_is_a_plan_that_can_be_played(rule, example):
    """A rule is held by plans without a fault, not by what no engine would accept."""
    assert faults_of({"plan": 1, "id": "example", **example.plan}) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_examples_of_both_kinds(rule):
    """A rule without a plan that breaks it, or without one that keeps it, proves nothing."""
    kinds = {bool(example.finds) for example in rule.examples}
    assert kinds == {True, False}


def test_rules_have_ids_of_their_own():
    """A finding names its rule, so no two rules share an id."""
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_review_never_blocks(rule, example):
    """Any plan is reviewed by every rule without an error, and a finding can be said aloud."""
    for finding in review(example_plan(example.plan)):
        assert str(finding.message)


def test_review_keeps_the_order_of_the_rules():
    """Findings come rule by rule, the weightiest first."""
    plan = example_plan({"goal": "b", "milestones": [{"id": "a"}, {"id": "b"}]})
    order = [rule.id for rule in RULES]
    found = [order.index(finding.rule) for finding in review(plan)]
    assert found == sorted(found)
    assert len(set(found)) > 1
