"""Levels that are reached by themselves, deadlines, first weeks, and a fork after a failure."""

from __future__ import annotations

from math import ceil, log

import numpy as np
import pytest

from examples import by_hand
from workbook.cases import read_text
from workbook.errors import InputError
from workbook.exact import NotExactError, refusal
from workbook.life import Luck, live
from workbook.outcomes import FATES
from workbook.plan import Plan
from workbook.play import play
from workbook.present import present
from workbook.review import review
from workbook.simulate import play as simulated

CLUB = {"reach_per_week": 100.0, "conversion": 0.05, "fee_per_month": 52.0, "churn_per_month": 0.2}


def plan(*milestones, **keys) -> Plan:
    """A plan of these milestones; the last is the goal."""
    common = {"id": "p", "goal": milestones[-1]["id"], "horizon_weeks": 60, "cash": 5000.0}
    return Plan.model_validate({**common, "milestones": milestones, **keys})


def level(of, at_least, for_weeks=1, **keys):
    """A milestone reached by a level."""
    found = {"of": of, "at_least": at_least, "for_weeks": for_weeks}
    return {"id": "full", "level": found, **keys}


def weeks_of(found, id="full"):
    """The weeks in which the lives of a simulation reached a milestone."""
    place = list(found.milestones).index(id)
    return set(found.lives.reached_week[:, place].tolist())


def test_a_level_of_customers_is_reached_when_the_series_says_so():
    """new (1 − q^n) / (1 − q) ≥ 60 from week n on; held 4 weeks, it is reached 3 weeks later."""
    q = 0.8 ** (12 / 52)
    first = ceil(log(1 - 60 * (1 - q) / 5) / log(q))
    for held in (1, 4):
        found = play(plan(level("customers", 60.0, held), sales=CLUB), runs=20)
        assert weeks_of(found) == {first + held - 1}
        life = live(plan(level("customers", 60.0, held), sales=CLUB), Luck(1, 0))
        assert (life.fate, life.week) == ("goal", first + held - 1)
    never = play(plan(level("customers", 5 / (1 - q) + 0.01), sales=CLUB), runs=20)
    assert never.fates["open"] == 1.0


@pytest.mark.parametrize(
    ("of", "at_least", "week"),
    [
        ("monthly_recurring_revenue", 15 * 52.0, 3),
        ("weekly_revenue", 15 * 12.0, 3),
        ("weekly_profit", 15 * 12.0 - 30, 3),
        ("cash", 5000.0 + 12 * (5 + 10 + 15) - 4 * 30, 4),
        ("nps", 40.0, 7),
    ],
)
def test_each_figure_is_reached_in_its_week(of, at_least, week):
    """Nobody leaves: 5, 10, 15 … customers pay 12 a week each, and the burn is 30."""
    sales = {**CLUB, "churn_per_month": 0.0}
    ask = {"id": "ask", "weeks": 7, "pass_rate": 1.0, "gives": {"nps": 41.0}}
    keys = {"sales": sales, "burn_per_week": 30.0, "measures": {"nps": {"value": 10.0}}}
    found = play(plan(ask, level(of, at_least), **keys), runs=20)
    assert weeks_of(found) == {week}


def test_a_level_waits_for_its_needs_and_gives_as_any_milestone():
    """The count runs before the need is reached; what it gives counts from the week after."""
    ask = {"id": "ask", "weeks": 7, "pass_rate": 1.0}
    fund = {"funding": {"amount": 700.0, "chance": 1.0, "lag_weeks": 0}, "burn_per_week": "+100"}
    full = level("cash", 1.0, 3, needs=["ask"], gives=fund)
    end = {"id": "end", "weeks": 2, "pass_rate": 1.0, "needs": ["full"]}
    life = live(plan(ask, full, end), Luck(1, 0))
    assert (life.reached["full"], life.cash) == (7, 5000.0 + 700 - 2 * 100)
    found = play(plan(ask, full, end), runs=10)
    assert set(found.lives.cash.tolist()) == {life.cash}


def test_past_its_deadline_a_milestone_is_used_up():
    """k attempts of 3 weeks fit before week 3 k: 1 − 0.6^k is reached, the rest is stuck."""
    for by_week, tries in ((9, 3), (11, 3), (12, 4), (2, 0)):
        late = plan({"id": "a", "weeks": 3, "pass_rate": 0.4, "by_week": by_week})
        found = play(late, runs=20_000)
        expected = 1 - 0.6**tries
        assert found.fates["goal"] == pytest.approx(expected, abs=0.015)
        assert found.fates["stuck"] == pytest.approx(1 - expected, abs=0.015)
        stuck = np.flatnonzero(found.lives.fate == FATES.index("stuck"))
        assert set(found.lives.end_week[stuck].tolist()) == {by_week}


def test_no_attempt_starts_before_its_first_week():
    """Work that may begin in week 12 and takes 3 ends in week 14; others go ahead of it."""
    late = {"id": "a", "weeks": 3, "pass_rate": 1.0, "from_week": 12}
    free = {"id": "b", "weeks": 20, "pass_rate": 1.0}
    found = play(plan(free, {**late, "cost": 10.0}, teams=2, goal="a"), runs=10)
    assert (weeks_of(found, "a"), weeks_of(found, "b")) == ({14}, {-1})
    life = live(plan(late, free, goal="b"), Luck(1, 0))
    assert life.reached == {"b": 20}
    life = live(plan(free, late), Luck(1, 0))
    assert life.reached == {"b": 20, "a": 23}


def test_attempts_that_have_their_dates_start_on_them():
    """Rounds in weeks 5, 18 and 31, each passing at 0.4: over in 7, 20 and 33 at 0.4 · 0.6^n."""
    grant = {"id": "a", "weeks": 3, "pass_rate": 0.4, "from_week": 5, "starts_every_weeks": 13}
    found = play(plan(grant, horizon_weeks=40), runs=20_000)
    weeks = found.lives.reached_week[:, 0]
    assert set(weeks.tolist()) == {7, 20, 33, -1}
    for tries, week in enumerate((7, 20, 33)):
        assert (weeks == week).mean() == pytest.approx(0.4 * 0.6**tries, abs=0.012)
    life = live(plan(grant, horizon_weeks=40), Luck(1, next(iter(np.flatnonzero(weeks == 20)))))
    assert life.attempts == {"a": 2}


def test_a_date_that_is_missed_for_money_comes_again():
    """The fee is not there in week 2, and what is earned pays it at the next date, week 12."""
    term = {"id": "a", "cost": 900.0, "pass_rate": 1.0, "from_week": 2, "starts_every_weeks": 10}
    shop = plan(term, cash=500.0, revenue_per_week=100.0)
    assert weeks_of(play(shop, runs=10), "a") == {12}
    assert live(shop, Luck(1, 0)).week == 12


def test_a_fork_opens_once_a_milestone_is_used_up():
    """Try A twice, else B: 1 − 0.5² + 0.5² · 0.7 reach the goal; without the option it is stuck."""
    first = {"id": "first", "weeks": 2, "pass_rate": 0.5, "attempts": 2}
    goal = {"id": "goal", "needs": ["first"], "pass_rate": 1.0}
    second = {"weeks": 4, "pass_rate": 0.7, "attempts": 1}
    pivot = {"id": "o", "milestones": {"second": second, "goal": {"needs": ["second"]}}}
    fork = {"id": "f", "at": {"used_up": "first"}, "options": [pivot]}
    chain = plan(first, goal, forks=[fork])
    taken = play(chain, {"f": "o"}, runs=40_000)
    assert taken.fates["goal"] == pytest.approx(0.75 + 0.25 * 0.7, abs=0.01)
    assert play(chain, runs=40_000).fates["stuck"] == pytest.approx(0.25, abs=0.01)
    life = next(found for n in range(99) if (found := live(chain, Luck(1, n), {"f": "o"})).week > 8)
    assert life.attempts["first"] == 2


WORK = [
    {
        **{"id": "lease", "weeks": 3, "cost": 400.0, "pass_rate": 0.4, "from_week": 3},
        "starts_every_weeks": 4,
    },
    {
        **{"id": "fit", "weeks": 4, "cost": 900.0, "pass_rate": 0.5, "needs": ["lease"]},
        **{"by_week": 22, "gives": {"reach_per_week": "+60"}},
    },
    level("weekly_revenue", 210.0, 2, id="mrr", gives={"funding": {"amount": 900, "chance": 0.5}}),
    {**level("customers", 40.0, 3), "id": "full", "needs": ["fit", "mrr"], "by_week": 58},
]
RESCUE = {
    "id": "f",
    "at": {"used_up": "fit"},
    "options": [{"id": "o", "cash": "+800", "milestones": {"full": {"needs": ["mrr"]}}}],
}


@pytest.mark.parametrize("choices", [{}, {"f": "o"}])
@pytest.mark.parametrize("teams", by_hand([2, 1]))
def test_many_lives_and_one_life_tell_the_same_to_the_cent(choices, teams):
    """Life i of a simulation is the life of that seed and number: fate, week and cash."""
    keys = {"sales": CLUB, "burn_per_week": 130.0, "teams": teams, "forks": [RESCUE]}
    club = plan(*WORK, **{**keys, "cash": 2500.0})
    found = simulated(club, choices, runs=300, seed=4)
    assert len(set(found.lives.end_week.tolist())) > 3
    for number in range(300):
        life = live(club, Luck(4, number), choices)
        reported = [part[number] for part in (found.lives.end_week, found.lives.cash)]
        assert (FATES[found.lives.fate[number]], *reported) == (life.fate, life.week, life.cash)


def test_exact_play_says_why_it_leaves_weeks_to_the_simulation():
    """A level, a first week, a deadline and a fork after a failure are refused by name."""
    one = {"id": "a", "pass_rate": 0.5}
    for keys in ({"from_week": 3}, {"by_week": 3}):
        assert "has its weeks" in str(refusal(plan({**one, **keys})))
    with pytest.raises(NotExactError, match="reached by a level"):
        play(plan(level("cash", 1.0)), how="exact")
    fork = {"id": "f", "at": {"used_up": "a"}, "options": [{"id": "o", "cash": "+1"}]}
    assert refusal(plan(one, forks=[fork])) is None
    assert "failure" in str(refusal(plan(one, forks=[fork]), {"f": "o"}))


def test_the_log_moves_the_weeks_to_today():
    """After week 10 a deadline of week 12 is two weeks off, and one of week 8 has passed."""
    log = [{"week": 10, "cash": 900.0}]
    chain = plan(
        {"id": "a", "by_week": 12, "pass_rate": 0.5},
        {"id": "b", "by_week": 8, "pass_rate": 0.5},
        {"id": "c", "from_week": 15, "pass_rate": 0.5},
        {"id": "d", "from_week": 3, "starts_every_weeks": 5, "pass_rate": 0.5},
        log=log,
    )
    later = present(chain).plan
    assert [m.by_week for m in later.milestones] == [2, 0, None, None]
    assert [later.milestone(id).from_week for id in "cd"] == [5, 3]
    assert play(chain.model_copy(update={"goal": "b"}), runs=10).fates["stuck"] == 1.0


def test_a_level_is_proof_enough():
    """No rule asks a level for a pass rate, or for what would prove it."""
    found = review(plan(level("customers", 60.0), {"id": "b", "needs": ["full"]}, sales=CLUB))
    assert {("full", "proof"), ("full", "cannot-fail")}.isdisjoint(
        (one.milestone, one.rule) for one in found
    )


BROKEN = {
    "level: {of: customers, at_least: 9}, pass_rate: 0.4": "take `pass_rate` or `level` out",
    "level: {of: customers, at_least: 9}, weeks: 4": "take `weeks` or `level` out",
    "level: {of: custmers, at_least: 9}": "did you mean 'customers'",
    "level: {of: moon, at_least: 9}": "'moon' is no figure of a level",
    "level: {of: cash}": "the level has no figure",
    "level: {of: cash, at_least: 9, for_weeks: 0}": "too little",
    "level: {of: cash, at_least: 9, for_weeks: 30}, by_week: 20": "cannot hold 30 weeks by week 20",
    "from_week: 30, by_week: 20": "by week 20 but begins in week 30",
    "not_before: 30": "did you mean 'from_week'",
    "deadline: 30": "did you mean 'by_week'",
}


@pytest.mark.parametrize("keys", BROKEN)
def test_a_level_or_a_week_that_makes_no_sense_is_reported(keys):
    """Each nonsense is a fault in words, at its line, with what to do."""
    text = "plan: 1\nid: p\ngoal: a\nmilestones:\n- {id: a, " + keys + "}\n"
    with pytest.raises(InputError) as caught:
        read_text(text, "p.yaml")
    (fault,) = caught.value.faults
    assert fault.line == 5
    assert BROKEN[keys] in str(fault.message)


def test_a_fork_after_the_failure_of_nothing_is_reported():
    """The milestone that is to be used up must be one of the plan."""
    text = "plan: 1\nid: p\ngoal: a\nmilestones: [{id: a}]\nforks:\n"
    text += "- {id: f, at: {used_up: b}, options: [{id: o}]}\n"
    with pytest.raises(InputError) as caught:
        read_text(text, "p.yaml")
    assert "no milestone 'b'" in str(caught.value.faults[0].message)


ROUND = {"amount": 50_000.0, "chance": 0.5, "share_given": 0.39}
LOAN = {"amount": 1200.0, "chance": 1.0, "repaid": {"instalments": 6, "every_weeks": 2}}


def test_a_goal_may_ask_for_the_share_that_is_left():
    """The round comes in half of the lives and leaves exactly 0.61: 0.61 holds, 0.62 does not."""
    ask = {"id": "ask", "weeks": 2, "pass_rate": 1.0, "gives": {"funding": ROUND}}
    for least, chance in ((0.61, 1.0), (0.62, 0.5)):
        goal = level("founder_share", least, needs=["ask"], by_week=9)
        found = simulated(plan(ask, goal), runs=2000)
        assert found.fates["goal"] == pytest.approx(chance, abs=0.04)
        fates = [live(plan(ask, goal), Luck(1, n)).fate for n in range(30)]
        assert fates == [FATES[fate] for fate in found.lives.fate[:30]]


def test_a_milestone_may_wait_until_the_debt_is_paid():
    """Six instalments, two weeks apart from week 3 on: the last is paid in week 15, not before."""
    borrow = {"id": "borrow", "weeks": 3, "pass_rate": 1.0, "gives": {"funding": LOAN}}
    free = {"id": "full", "level": {"of": "debt", "at_most": 0.0}, "needs": ["borrow"]}
    debtless = plan(borrow, free)
    assert live(debtless, Luck(1, 0)).reached["full"] == 15
    assert weeks_of(simulated(debtless, runs=20)) == {15}
    half = {**free, "level": {"of": "debt", "at_least": 0.01, "at_most": 600.0}}
    assert weeks_of(simulated(plan(borrow, half), runs=20)) == {9}


LEVELS_BROKEN = {
    "{of: debt}": "the level has no figure",
    "{of: debt, at_least: 9, at_most: 3}": "exclude each other",
    "{of: founder_share, at_least: 61}": "61 is not a share of the company",
}


@pytest.mark.parametrize("found", LEVELS_BROKEN)
def test_a_level_that_cannot_hold_is_a_fault(found):
    """Each nonsense is a fault in words."""
    with pytest.raises(InputError) as caught:
        read_text(f"plan: 1\nid: p\ngoal: a\nmilestones: [{{id: a, level: {found}}}]\n", "p.yaml")
    assert LEVELS_BROKEN[found] in str(caught.value.faults[0].message)
