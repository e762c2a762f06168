"""A hundred dots: as many for each fate as the sentences beside them say."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbook.charts import fates, options, runway, shares
from workbook.charts.band import layers
from workbook.outcomes import FATES
from workbook.plan import Plan
from workbook.play import play
from workbook.reports.results import finding, key_figures
from workbook.reports.terminal import play_text
from workbook.words import Words
from workbook.words.figures import of_a_hundred

WEIGHTS = st.lists(st.integers(0, 1000), min_size=4, max_size=4).filter(any)


@given(WEIGHTS)
def test_the_goal_has_as_many_dots_as_its_percent_says(weights):
    """No page tells 21 dots and 22%; together they are a hundred, none too few by two."""
    shares = {fate: weight / sum(weights) for fate, weight in zip(FATES, weights, strict=True)}
    dots = of_a_hundred(shares)
    assert sum(dots.values()) == 100
    assert all(abs(dots[fate] - 100 * shares[fate]) < 1.5 for fate in FATES)
    said = Words("en").percent(shares["goal"], 0.01)
    assert said in (f"{dots['goal']}%", "<1%", ">99%")


NEAR = {"goal": 0.1046, "ruin": 0.7447, "stuck": 0.0754, "open": 0.0753}
"""Rounded by itself ruin is 74%, but of a hundred lives beside 10 at the goal 75."""


def test_every_way_to_show_a_play_gives_a_fate_the_same_percent():
    """Sentence, table, dots, bar, weeks and options: ruin is one number of a hundred."""
    rows = [{"id": "a", "weeks": 1, "cost": 1}]
    plan = Plan.model_validate({"plan": 1, "id": "p", "goal": "a", "cash": 9, "milestones": rows})
    played = play(plan)
    last = replace(
        played.weekly,
        fates={f: np.full_like(played.weekly.under_way, share) for f, share in NEAR.items()},
        under_way=np.zeros_like(played.weekly.under_way),
    )
    played = replace(played, fates=NEAR, weekly=last)
    dots, w = of_a_hundred(NEAR), Words("en")
    ruin = f"{dots['ruin']}%"
    assert sum(dots.values()) == 100
    assert dict(row[::2] for row in fates.table(played, w))[w.fate("ruin")] == ruin
    assert dict(shares.table(NEAR, w))[w.fate("ruin")] == ruin
    assert runway.table(played, w)[-1][3] == ruin
    assert options.table(options.side_by_side({"x": played}), w)[1][2] == ruin
    assert f"{w.fate('ruin')} {ruin}" in re.sub(" +", " ", play_text(played, w))
    assert ruin in [value for _, value, _ in key_figures(played, w)]
    assert f"{dots['ruin']} run out of money" in finding(played, w)


def test_the_strip_below_a_band_counts_as_the_dots_beside_it_do():
    """The last week shown comes before a few lives have ended; their ends count all the same."""
    rows = [{"id": "a", "weeks": 1, "cost": 1, "pass_rate": 0.3}]
    plan = Plan.model_validate({"plan": 1, "id": "p", "goal": "a", "cash": 90, "milestones": rows})
    played = play(plan)
    ends = {"goal": 0.646, "ruin": 0.304, "stuck": 0.05, "open": 0.0}
    weeks = np.ones_like(played.weekly.under_way)
    so_far = {fate: share * weeks for fate, share in (ends | {"goal": 0.643}).items()}
    weekly = replace(played.weekly, fates=so_far, under_way=0.003 * weeks)
    found = layers(replace(played, fates=ends, weekly=weekly), Words("en"), 4)
    assert {tint: n for n, (_, _, tint, _) in found} == {
        "goal": of_a_hundred(ends)["goal"],
        "fill": 0,
        "stuck": 5,
        "ruin": 30,
    }
    assert found[0][0] == 65
