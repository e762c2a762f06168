"""Spend alone: the closed rule, the dynamic programme, and what others have published."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook import exact
from workbook.plan import Plan
from workbook.play import cash_left
from workbook.sequence import Precedence, Trial, least_spend, trials_of
from workbook.sequence.spend import by_ratio, outlay_of

trials = st.builds(Trial, st.floats(0.1, 100), st.floats(0.05, 0.99))


def free(count: int) -> Precedence:
    return Precedence(tuple(f"m{n}" for n in range(count)), (0,) * count)


@st.composite
def constrained(draw: st.DrawFn) -> tuple[Precedence, list[Trial]]:
    chain = draw(st.lists(trials, min_size=1, max_size=6))
    before = tuple(draw(st.integers(0, 2**n - 1)) for n in range(len(chain)))
    return Precedence(tuple(f"m{n}" for n in range(len(chain))), before), chain


@given(st.lists(trials, min_size=1, max_size=9))
def test_free_of_dependencies_the_rule_of_mitten_holds(chain):
    """Ascending e / (1 − r) is the least cost testing sequence (Mitten 1960; Boothroyd 1960)."""
    least = least_spend(free(len(chain)), chain)
    assert least.exact
    assert least.outlay == pytest.approx(outlay_of(by_ratio(chain), chain))


@settings(deadline=None)
@given(constrained())
def test_with_dependencies_no_listed_order_is_cheaper(case):
    """The dynamic programme over closed sets finds the best of all orders listed one by one."""
    precedence, chain = case
    least = least_spend(precedence, chain)
    assert precedence.allows(least.order)
    best = min(outlay_of(order, chain) for order in precedence.every())
    assert least.outlay == pytest.approx(best)


def test_the_quiz_problem():
    """Bertsekas, "Dynamic Programming and Optimal Control" I, the quiz contest.

    Questions are answered until the first wrong answer; the best order is by descending
    p v / (1 − p). A right answer worth v is an outlay of −p v with r = p.
    """
    quiz = [(0.9, 10.0), (0.5, 100.0), (0.2, 300.0), (0.75, 40.0), (0.6, 90.0)]
    chain = [Trial(-p * v, p) for p, v in quiz]
    expected = sorted(range(5), key=lambda k: -quiz[k][0] * quiz[k][1] / (1 - quiz[k][0]))
    assert list(least_spend(free(5), chain).order) == expected


def test_a_dear_gate_to_a_cheap_risk_is_opened_first():
    """What is hidden behind a dependency counts: the dear gate first, for the risk behind it.

    The rule by itself would start with the cheaper ratio (why De Reyck & Leus 2008 need more).
    """
    chain = [Trial(5.0, 0.5), Trial(6.0, 0.99), Trial(1.0, 0.01)]
    precedence = Precedence(("middling", "gate", "behind"), (0, 0, 0b010))
    assert by_ratio(chain)[0] == 2
    least = least_spend(precedence, chain)
    assert least.order == (1, 2, 0)
    assert least.outlay == pytest.approx(6 + 0.99 * 1 + 0.99 * 0.01 * 5)


@pytest.mark.thorough
def test_twenty_milestones_are_still_exact():
    """A million closed sets, and the answer is the closed rule's."""
    chain = [Trial(1.0 + 7 * n % 11, 0.4 + 0.03 * (n * 3 % 20)) for n in range(20)]
    least = least_spend(free(20), chain)
    assert least.exact
    assert least.outlay == pytest.approx(outlay_of(by_ratio(chain), chain))


@pytest.mark.parametrize("count", [16, 100])
def test_what_is_not_exact_says_so_and_has_a_floor(count):
    """Beyond the limits the order is still allowed, no worse than today's, and above the bound."""
    before = tuple(1 << (n - 7) if n >= 7 else 0 for n in range(count))
    precedence = Precedence(tuple(f"m{n}" for n in range(count)), before)
    chain = [Trial(1.0 + 7 * n % 11, 0.6 + 0.02 * (n * 3 % 20)) for n in range(count)]
    least = least_spend(precedence, chain, width=20)
    assert not least.exact
    assert precedence.allows(least.order)
    assert least.bound <= least.outlay <= outlay_of(range(count), chain)


def test_a_trial_is_what_playing_comes_to():
    """Attempts, races, tests with redesign, hours: what the formula pays is missing at the end."""
    milestones = [
        {"id": "a", "weeks": 2, "cost": 30.0, "pass_rate": [0.2, 0.5], "attempts": 3},
        {"id": "b", "cost": 20.0, "pass_rate": 0.3, "teams": 2},
        {
            "id": "c",
            "cost": 5.0,
            "tests": {
                "belief": 0.6,
                "if_true": 0.9,
                "if_false": 0.1,
                "redesign": {"weeks": 3, "cost": 70.0},
            },
        },
        {"id": "d", "hours": 25, "pass_rate": [0.1, 0.4]},
        {"id": "goal", "needs": ["a", "b", "c", "d"]},
    ]
    plan = Plan.model_validate({
        "id": "p", "goal": "goal", "cash": 1e6, "burn_per_week": 3.0, "hours_per_week": 10.0,
        "horizon_weeks": 400, "milestones": milestones,
    })  # fmt: skip
    precedence = Precedence.of(plan)
    chain = trials_of(plan, precedence)
    assert chain is not None
    assert outlay_of(range(5), chain) == pytest.approx(1e6 - cash_left(exact.play(plan)), rel=1e-6)


@pytest.mark.parametrize(
    "change",
    [
        {"gives": {"funding": {"amount": 5.0}}},
        {"gives": {"revenue_per_week": 5.0}},
        {"gives": {"burn_per_week": 5.0}},
        {"weeks": [1, 2, 3]},
        {"pass_rate": 0.0},
    ],
)
def test_where_order_moves_more_than_spend_the_rule_is_not_used(change):
    """Inflow, a change of burn, ranges, the impossible: no answer from spend alone."""
    milestones = [{"id": "a", **change}, {"id": "goal", "needs": ["a"]}]
    plan = Plan.model_validate({"id": "p", "goal": "goal", "cash": 9.0, "milestones": milestones})
    assert trials_of(plan, Precedence.of(plan)) is None


def test_a_sure_milestone_takes_no_risk_away():
    """What cannot fail has no end of ratio, so it comes last."""
    assert Trial(1.0, 1.0).ratio == inf
