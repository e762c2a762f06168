"""What the shipped cases promise: grounds for every figure, real dilemmas, what the lecture states.

The lecture's figures come out of the play, both languages are everywhere, and the fork that each
case is about has no answer that is right whatever one assumes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any, NamedTuple

import pytest

from examples import by_hand
from workbook import cases
from workbook.importance import together
from workbook.law import Economy
from workbook.play import play
from workbook.review import review
from workbook.whatif import Variant, compare, crossings, options_of, set_figure

SHIPPED = cases.shipped()
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PROSE = {"title", "name", "measure", "if_missed", "note", "label", "text", "why"}


class Dilemma(NamedTuple):
    """The fork that a case is about: who leads at the two ends of the fact that decides it."""

    fork: str
    fact: str
    at_low: str
    at_high: str


DILEMMAS = {
    "caffeine-lozenge": Dilemma("cash-gap", "cash_at_fork", "borrow", "launch-early"),
    "training-camp": Dilemma("room-to-grow", "belief_unfinished", "as-written", "expand-early"),
    "ai-companion": Dilemma("sell-or-polish", "cash_at_start", "sell-at-once", "as-written"),
    "side-business": Dilemma("by-hand-or-not", "flow_understood", "as-written", "hand-out-first"),
}


def moved(case: cases.Case, fact: str, value: float) -> cases.Case:
    """The case with every figure that stands on one fact at another value."""
    paths = [path for path, basis in case.basis.items() if basis.name == fact]
    assert paths, fact
    return case.using(together({fact: paths})(case.plan, fact, value))


def leaders(case: cases.Case, fork: str) -> tuple[str, ...]:
    variants: dict[str, Variant] = options_of(case.plan, fork)
    return compare(case.plan, variants, runs=4000).leaders


def at_the_goal(case: cases.Case) -> Economy:
    """The state once every milestone has given what it gives, in the plan's order."""
    gifts = [milestone.gives for milestone in case.plan.milestones]
    return reduce(Economy.after, gifts, Economy.of(case.plan))


def texts(value: Any, key: str = "") -> Iterator[Any]:
    """Everything in plain data that a reader is shown."""
    if isinstance(value, dict) and not {"en", "zh"} <= set(value):
        for name, inner in value.items():
            yield from texts(inner, name)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from texts(inner, key)
    elif isinstance(value, dict) or (key in PROSE and value):
        yield value


def reported(case: cases.Case) -> Iterator[Any]:
    yield from texts(case.plan.model_dump())
    for part in (case.situation, case.question, *case.happened, *case.facts.values()):
        yield from texts(part if isinstance(part, str) else part.model_dump())


@pytest.mark.parametrize("id", SHIPPED)
def test_every_figure_is_a_fact_that_says_where_it_comes_from(id):
    """No figure of a shipped case is bare: each names a fact, stated, derived or assumed."""
    case = cases.load(id)
    assert len(case.basis) > 40
    kinds = {basis.fact.basis if basis.fact else None for basis in case.basis.values()}
    assert kinds <= {"stated", "derived", "assumed"}


@pytest.mark.parametrize("id", SHIPPED)
def test_stated_figures_cite_claims_of_the_lecture(id):
    """Every case has stated figures, and each cites a claim that is there."""
    stated = [fact for fact in cases.load(id).facts.values() if fact.basis == "stated"]
    assert stated
    assert all(fact.claims and set(fact.claims) <= set(cases.sources()) for fact in stated)


@pytest.mark.parametrize("id", SHIPPED)
def test_what_is_uncertain_in_the_lecture_is_called_so(id):
    """A stated figure that rests on a doubtful claim says so in both languages, beside itself."""
    for fact in cases.load(id).facts.values():
        if fact.basis == "stated" and any(cases.sources()[c].uncertain for c in fact.claims):
            assert "uncertain" in fact.label.en
            assert "不清" in fact.label.zh or "没讲" in fact.label.zh


@pytest.mark.parametrize("id", SHIPPED)
def test_ranges_hold_their_figure_and_have_a_label(id):
    """A figure with a plausible range lies in it, and has a name for the chart that moves it."""
    for name, fact in cases.load(id).facts.items():
        if fact.range is not None:
            assert fact.range[0] < fact.range[1], name
            assert fact.range[0] <= fact.value <= fact.range[1], name
            assert fact.label, name


@pytest.mark.parametrize("id", SHIPPED)
def test_everything_reported_is_reported_in_both_languages(id):
    """Names, proofs, reasons and story: English without Chinese in it, and Chinese."""
    found = list(reported(cases.load(id)))
    assert len(found) > 80
    for text in found:
        assert isinstance(text, dict), text
        assert text["en"], text
        assert not CHINESE.search(text["en"]), text
        assert CHINESE.search(text["zh"]), text


@pytest.mark.parametrize("id", SHIPPED)
def test_the_situation_is_short_and_asks_something(id):
    """The story before the fork takes at most 120 words, and ends in a question."""
    case = cases.load(id)
    assert 60 <= len(case.situation.en.split()) <= 120
    assert len(case.situation.zh) <= 200
    assert case.question.en.endswith("?")
    assert case.question.zh.endswith("？")


@pytest.mark.parametrize("id", SHIPPED)
def test_the_rules_find_in_a_case_only_what_its_story_is_about(id):
    """The lozenge's cards do not last for the taste: that is its fork; nothing else is found."""
    found = [(finding.rule, finding.milestone) for finding in review(cases.load(id).plan)]
    assert found == ([("finite-cards", "taste")] if id == "caffeine-lozenge" else [])


@pytest.mark.parametrize("id", SHIPPED)
def test_a_case_is_neither_won_nor_lost_from_the_start(id):
    """As written, between 20 and 60 of 100 lives reach the goal."""
    assert 0.2 <= play(cases.load(id).plan).fates["goal"] <= 0.6


@pytest.mark.parametrize("id", by_hand(DILEMMAS))
def test_the_main_fork_is_a_dilemma(id):
    """Within the plausible range of one assumed figure the lead goes to another option, clearly."""
    fork, fact, at_low, at_high = DILEMMAS[id]
    case = cases.load(id)
    assert case.facts[fact].basis == "assumed"
    low, high = case.facts[fact].range
    first, last = (leaders(moved(case, fact, value), fork) for value in (low, high))
    assert at_low in first
    assert at_high in last
    assert not set(first) & set(last)


def test_every_shipped_case_has_its_dilemma():
    """A case added later has to name the fork that it is about."""
    assert set(DILEMMAS) == set(SHIPPED)


@pytest.mark.parametrize("id", [id for id in DILEMMAS if id != "caffeine-lozenge"])
def test_at_the_written_figures_no_option_is_hopeless(id):
    """As written, the options of the main fork lie within fifteen in a hundred."""
    plan = cases.load(id).plan
    chances = [
        play(v.plan, v.choices, runs=4000).fates["goal"]
        for v in options_of(plan, DILEMMAS[id].fork).values()
    ]
    assert len(chances) >= 3
    assert max(chances) - min(chances) < 0.15


def test_the_camp_climbs_to_the_stated_nps_step_by_step():
    """The NPS rises with every milestone of the kernel and stands at 85 once it is proved (T6)."""
    plan = cases.load("training-camp").plan
    gifts = [milestone.gives for milestone in plan.milestones if milestone.gives]
    steps = [given.measures["nps"] for given in gifts if "nps" in given.measures]
    assert steps == sorted(set(steps))
    assert len(steps) >= 5
    assert steps[-1] == 85
    assert plan.milestone("good-enough").proof.at_least == 85


def test_the_camps_kernel_takes_about_a_year_and_a_half():
    """With the money for it, half of all lives have proved the kernel near week 78 (T2)."""
    case = cases.load("training-camp")
    plan = set_figure(set_figure(case.plan, "cash", 3_000_000), "horizon_weeks", 208)
    half = play(plan).milestones["good-enough"].weeks[0.5]
    assert abs(half - case.facts["kernel_weeks"].value) <= 13


def test_the_camps_are_sold_near_cost():
    """Small camps pay a good part of the burn and never all of it (T4)."""
    start = Economy.of(cases.load("training-camp").plan)
    assert 0.3 <= start.sales_cents / start.burn_cents < 1


def test_expanding_early_leaves_lasting_harm():
    """An unfinished kernel found out late costs more, and conversion and NPS stay down."""
    plan = cases.load("training-camp").plan
    early = plan.milestone("good-enough").tests.redesign
    option = next(o for f in plan.forks for o in f.options if o.id == "expand-early")
    late = option.milestones["good-enough"]["tests"]["redesign"]
    assert "good-enough" in option.skip
    assert late["weeks"] > early.weeks
    assert late["cost"] > early.cost
    assert late["gives"]["conversion"] < min(option.sales.conversion, early.gives.conversion)
    assert late["gives"]["nps"] < early.gives.measures["nps"]


def test_not_selling_pays_only_with_money_enough():
    """Three quarters of a year without a sale (T9) loses with thin cash and gains with plenty."""
    case = cases.load("training-camp")
    low, high = case.facts["cash_at_start"].range
    assert leaders(moved(case, "cash_at_start", low), "quiet") == ("as-written",)
    assert leaders(moved(case, "cash_at_start", high), "quiet") == ("no-sales",)


def test_the_companion_sells_the_stated_orders_in_the_time_they_take():
    """1,000 seed users (A4) and 1,000 orders (A7); visitors and conversion give the weeks."""
    case = cases.load("ai-companion")
    goal = case.plan.milestone("orders")
    assert case.plan.milestone("seed-users").proof.at_least == 1000
    assert goal.proof.at_least == 1000
    end = at_the_goal(case)
    assert end.reach_per_week * end.conversion * goal.weeks == pytest.approx(1000, rel=0.01)


def test_each_round_with_the_seed_users_is_likelier_than_the_last():
    """Learning is a list of pass rates that rises, and rises less among friends."""
    case = cases.load("ai-companion")
    for part in ("device", "voice", "as_one"):
        users, friends = (case.facts[f"{part}_rates{who}"].value for who in ("", "_friends"))
        assert list(users) == sorted(set(users))
        assert list(friends) == sorted(set(friends))
        assert users[0] == friends[0]
        assert users[-1] > friends[-1]


def test_selling_at_once_gets_stuck_rather_than_ruined():
    """Launches are finite cards (P9): if the kernel is skipped the money stays, and no more."""
    plan = cases.load("ai-companion").plan
    sold = play(plan, {"sell-or-polish": "sell-at-once"}, runs=4000).fates
    assert sold["stuck"] > 0.5 > 0.1 > sold["ruin"]
    polished = play(plan, runs=4000).fates
    assert polished["ruin"] > 0.3 > 0.1 > polished["stuck"]


def test_the_device_alone_wins_between_the_two():
    """With cash for part of the kernel, the half-way option leads."""
    case = cases.load("ai-companion")
    found = crossings(
        case.plan, options_of(case.plan, "sell-or-polish"), "cash", [500e3, 900e3, 1.4e6], runs=4000
    )
    assert found.winners == ("sell-at-once", "device-alone", "as-written")


def test_the_shop_reaches_the_stated_figures():
    """12 hours a week (S4), sales of 200,000 in a year (S5), 15 in 100 left (S6)."""
    case = cases.load("side-business")
    end = at_the_goal(case)
    assert end.running_hours_per_week == 12
    assert end.margin == pytest.approx(0.15)
    year = case.facts["weeks_of_selling"].value
    sales = end.reach_per_week * end.conversion * end.price * year
    assert sales == pytest.approx(200_000, rel=1e-6)
    assert end.sales_cents / 100 * year == pytest.approx(30_000, rel=1e-3)


def test_every_chore_handed_out_gives_hours_and_takes_margin():
    """From 40 hours by hand, hours and margin fall with every node, in either order (S3, S4)."""
    plan = cases.load("side-business").plan
    assert plan.milestone("by-hand").gives.running_hours_per_week == 40
    option = next(o for f in plan.forks for o in f.options if o.id == "goods-first")
    written = ("by-hand", "packing", "answering", "ordering", "listing", "sourcing")
    gifts = [plan.milestone(id).gives for id in written]
    margins = [given.margin for given in gifts]
    assert _falls([given.running_hours_per_week for given in gifts])
    assert _falls(margins)
    other = ("sourcing", "packing", "answering", "ordering", "listing")
    changes = [option.milestones[id]["gives"] for id in other]
    assert _falls([40, *(change["running_hours_per_week"] for change in changes)])
    assert _falls([margins[0], *(change["margin"] for change in changes)])
    assert (changes[-1]["running_hours_per_week"], changes[-1]["margin"]) == (12, 0.15)


def _falls(values: Sequence[float]) -> bool:
    return list(values) == sorted(set(values), reverse=True)


def test_the_shop_runs_out_of_time_and_never_of_money():
    """Hours are the money: no life is ruined, whatever is chosen."""
    plan = cases.load("side-business").plan
    for variant in options_of(plan, "by-hand-or-not").values():
        fates = play(variant.plan, variant.choices, runs=1000).fates
        assert fates["ruin"] == 0
        assert fates["open"] > 0.2


def test_little_time_makes_the_gamble_right():
    """Where a week has 42 hours, running it by hand first no longer leads."""
    case = cases.load("side-business")
    low, high = case.facts["hours_to_give"].range
    assert leaders(moved(case, "hours_to_give", low), "by-hand-or-not") == ("hand-out-first",)
    assert "as-written" in leaders(moved(case, "hours_to_give", high), "by-hand-or-not")


def test_every_claim_of_the_three_short_cases_is_played():
    """What is reported of the camp, the companion and the shop has its place in their cases."""
    homes = {"T": "training-camp", "A": "ai-companion", "S": "side-business"}
    for claim, source in cases.sources().items():
        if claim[0] in homes:
            assert f"cases/{homes[claim[0]]}" in source.place, claim


def test_what_happened_cites_claims_and_nothing_is_left_untold():
    """The story after the bet cites every claim of its case."""
    for letter, id in {"T": "training-camp", "A": "ai-companion", "S": "side-business"}.items():
        cited = {claim for part in cases.load(id).happened for claim in part.claims}
        assert cited == {claim for claim in cases.sources() if claim[0] == letter}
