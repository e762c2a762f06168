"""Paths that have ended are put away, weeks between events counted at once: neither is seen."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from workbook import simulate
from workbook.outcomes import LEVELS
from workbook.plan import Plan
from workbook.simulate import lasting, spans
from workbook.simulate.lasting import Lasting
from workbook.simulate.tally import ranks_of

PINNED = Path(__file__).parents[1] / "pinned" / "plans.json"
KEYS = {
    "bills": [{"id": "rent", "amount": 20.0, "every_weeks": 4}],
    "ranges": {"sales.price": (5.0, 20.0, 30.0)},
    "weekly_ranges": {"burn_per_week": (10.0, 50.0, 60.0)},
    "due": [
        {"week": 2, "amount": 300.0, "repaid": {"instalments": 6, "every_weeks": 2}},
        {"week": 4, "amount": 90.0, "share_given": 0.1, "repaid": {"instalments": 3}},
    ],
}


def plays():
    """Plans with their choices: the pinned ones, each as it is and with keys of a real business."""
    for entry in json.loads(PINNED.read_text(encoding="utf-8"))[:16]:
        yield Plan.model_validate(entry["plan"], strict=False), entry["choices"]
        sales = {"reach_per_week": 10.0, "conversion": 0.1, "price": 20.0, "fee_per_month": 9.0}
        data = {**entry["plan"], **KEYS, "sales": sales, "burn_per_week": 50.0}
        yield Plan.model_validate(data, strict=False), entry["choices"]


def all_bytes(plan, choices):
    """Every life and band of a play, as bytes."""
    found = simulate.play(plan, choices, runs=2_100, seed=4)
    lives, bands = found.lives, found.weekly.bands
    arrays = [lives.fate, lives.end_week, lives.cash, lives.reached_week, lives.attempts]
    return b"".join(np.ascontiguousarray(array).tobytes() for array in (*arrays, *bands.values()))


def test_a_play_is_the_same_whether_or_not_ended_paths_are_put_away(monkeypatch):
    """To the last bit, in plans from week to week with and without ranges, loans and forks."""
    kept = simulate.kinds_of
    by_week = {"by_event": False}
    monkeypatch.setattr(
        simulate, "kinds_of", lambda *of: type(kept(*of))(**(vars(kept(*of)) | by_week))
    )
    monkeypatch.setattr(lasting, "FEW", 1)
    put_away = [all_bytes(*one) for one in plays()]
    monkeypatch.setattr(Lasting, "let_go", lambda states: None)
    assert put_away == [all_bytes(*one) for one in plays()]


@pytest.mark.parametrize("large", [1, 10**9], ids=["32 bits", "apart"])
@pytest.mark.parametrize("most_runs", [1, 40], ids=["one run each", "many runs each"])
def test_cash_of_spans_is_that_of_their_weeks_one_by_one(monkeypatch, most_runs, large):
    """The levels of each week are those of all its runs, counted one after the other."""
    monkeypatch.setattr(spans, "CELLS_AT_ONCE", 500)
    rng = np.random.default_rng(most_runs)
    week, weeks = rng.integers(0, 30, 300), rng.integers(1, 9, 300)
    cash, net = rng.integers(-900, 900, 300) * large, rng.integers(-50, 50, 300) * large
    runs = rng.integers(1, most_runs + 1, 300)
    found = spans.Spans(week, weeks, cash, net, np.zeros(300, dtype=np.int64), runs)
    counts = found.counts(1).ravel()
    ranks = [ranks_of(LEVELS, int(count)) for count in counts]
    at = found.cash_at(np.array(ranks))
    for now in range(len(counts)):
        there = (week <= now) & (now < week + weeks)
        each = np.sort(np.repeat((cash + net * (now - week))[there], runs[there]))
        assert len(each) == counts[now]
        assert at[now].tolist() == each[np.array(ranks[now]) - 1].tolist()
