"""Runs played in blocks are those played at once: every run and every band, to the bit."""

from __future__ import annotations

from dataclasses import asdict
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from alike import alike
from any_plan import plans
from examples import examples
from workbook import simulate
from workbook.cases import load
from workbook.plan import Plan
from workbook.simulate import quantiles
from workbook.simulate.quantiles import OutOfBoundsError, Quantiles
from workbook.simulate.tally import LEVELS, ranks_of

RUNS, BLOCK = 150, 40


def in_blocks(plan, choices, most=BLOCK, few=8):
    """The outcomes of a play in blocks, that keeps hardly any value of its weeks."""
    blocks = {"MOST_APART": most, "MOST_TOGETHER": most}
    with patch.multiple(simulate, FEW_RUNS=0, **blocks), patch.object(quantiles, "FEW", few):
        return asdict(simulate.play(plan, choices, runs=RUNS, seed=4))


@examples(
    40,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(plans(), st.integers(1, 60))
def test_runs_in_blocks_are_those_played_at_once(plan_and_choices, few):
    """Fates, milestones, every week's bands and every run, in plans of every kind."""
    plan, choices = plan_and_choices
    with patch.object(simulate, "FEW_RUNS", 0):
        whole = simulate.play(plan, choices, runs=RUNS, seed=4)
    alike(in_blocks(plan, choices, few=few), asdict(whole))


def with_ranges(plan: Plan) -> Plan:
    """The plan with milestones of which nothing is known for sure."""
    unsure = {"cost": (10.0, 900.0, 4000.0), "weeks": (1.0, 3.0, 9.0)}
    milestones = tuple(m.model_copy(update=unsure) for m in plan.milestones)
    return plan.model_copy(update={"milestones": milestones, "ranges": {"burn_per_week": BURN}})


BURN = (10.0, 300.0, 900.0)


def test_more_runs_begin_with_the_same_ones():
    """Run i is the same, however many runs are asked for and in which block it is."""
    plan = with_ranges(load("side-business").plan)
    with patch.multiple(simulate, MOST_APART=300):
        many, few = (simulate.play(plan, runs=runs, seed=9).lives for runs in (2_000, 170))
    alone = simulate.play(plan, runs=2_000, seed=9).lives
    for name, runs in asdict(few).items():
        if runs is not None:
            np.testing.assert_array_equal(asdict(many)[name][:170], runs)
            np.testing.assert_array_equal(asdict(many)[name], asdict(alone)[name])


def test_values_that_were_let_go_are_kept_when_the_play_is_made_again(monkeypatch):
    """Bounds that are too close are noticed, and the answer is right in spite of them."""
    plan = with_ranges(load("side-business").plan)
    whole = asdict(simulate.play(plan, runs=RUNS, seed=4))
    tried = []
    played = simulate._play

    def play(*given):
        tried.append(given[-1])
        return played(*given)

    monkeypatch.setattr(simulate, "SAFE", 0.0)
    monkeypatch.setattr(simulate, "_play", play)
    alike(in_blocks(plan, {}), whole)
    assert tried == [0.0, np.inf]


KINDS = {
    "cents": lambda dice, many: dice.normal(0, 1e7, many).astype(np.int64),
    "shares": lambda dice, many: dice.random(many),
    "few different ones": lambda dice, many: dice.integers(0, 4, many),
    "all the same": lambda dice, many: np.full(many, 7.5),
    "wide": lambda dice, many: dice.integers(-(2**62), 2**62, many),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shared", [False, True], ids=["one run each", "several runs each"])
def test_quantiles_in_parts_are_those_of_all_values(kind, shared, monkeypatch):
    """Of whole numbers and others, with few values kept."""
    monkeypatch.setattr(quantiles, "FEW", 500)
    dice = np.random.default_rng(5)
    pool = KINDS[kind](dice, 2_000)
    parts = [dice.choice(pool, many) if shared else KINDS[kind](dice, many) for many in MANY]
    found = Quantiles(pool.dtype, quantiles.SAFE)
    for part in parts:
        values, runs = np.unique(part, return_counts=True) if shared else (np.sort(part), None)
        found.add(values, runs)
    every = np.sort(np.concatenate(parts))
    ranks = ranks_of(LEVELS, len(every))
    assert found.at(ranks).tolist() == every[[rank - 1 for rank in ranks]].astype(float).tolist()
    assert found._held < len(every) / 3


MANY = [700, 0, 3_000, 1, *[2_000] * 20]


def test_a_quantile_outside_of_its_bounds_is_refused():
    """Values that grow from part to part are no luck: no wrong number is given."""
    found = Quantiles(np.dtype(float), 1.0)
    for part in range(8):
        found.add(np.linspace(part, part + 1, 10_000), None)
    with pytest.raises(OutOfBoundsError):
        found.at(ranks_of(LEVELS, 80_000))


def test_progress_goes_on_from_block_to_block():
    """From nothing to all, never back."""
    shares = []
    plan = with_ranges(load("side-business").plan)
    with patch.multiple(simulate, MOST_APART=BLOCK):
        simulate.play(plan, runs=RUNS, on_progress=shares.append)
    assert shares == sorted(shares)
    assert len(shares) > 100
    assert 0 <= shares[0] < 0.05
    assert shares[-1] == pytest.approx(1.0)
