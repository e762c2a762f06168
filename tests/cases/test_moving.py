"""A fact that moves takes along what is computed from it."""

from __future__ import annotations

from functools import partial

import pytest

from workbook import cases
from workbook.cases.facts import moving, with_fact
from workbook.importance import tornado


@pytest.fixture(scope="module")
def lozenge() -> cases.Case:
    return cases.load("caffeine-lozenge")


def test_what_is_derived_moves_with_the_fact(lozenge):
    """Borrow more, and more is to be repaid, as the case's formula has it."""
    figures = {path: basis.name for path, basis in lozenge.basis.items()}
    borrow = "forks.cash-gap.options.borrow.loan"
    amount, repay = figures[f"{borrow}.amount"], figures[f"{borrow}.repay"]
    twice = 2 * lozenge.facts[amount].value
    new = moving(lozenge, amount, twice)
    assert new[amount] == twice
    assert new[repay] > lozenge.facts[repay].value
    fork = next(fork for fork in with_fact(lozenge, lozenge.plan, amount, twice).forks)
    loan = next(option.loan for option in fork.options if option.id == "borrow")
    assert (loan.amount, loan.repay) == (twice, pytest.approx(new[repay]))


@pytest.mark.parametrize("id", cases.shipped())
def test_every_fact_at_its_own_value_leaves_the_plan_as_it_is(id):
    case = cases.load(id)
    for name, fact in case.facts.items():
        if isinstance(fact.value, (int, float)):
            assert with_fact(case, case.plan, name, fact.value) == case.plan, name


def test_a_tornado_over_a_case_moves_its_facts(lozenge):
    change = partial(with_fact, lozenge)
    fact = "loan_amount"
    value = lozenge.facts[fact].value
    bars = tornado(lozenge.plan, {fact: (value, value)}, change=change, runs=200).bars
    assert bars[0].swing.value == 0.0
