"""Notebook 08: what a reader computes by hand from the frames is what the engine says."""

from __future__ import annotations

from math import sqrt
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from notebooks.pages import LANGUAGES, play
from workbook import cases
from workbook.charts import runway
from workbook.edit import edit
from workbook.errors import InputError
from workbook.lesson import own_hands
from workbook.lesson.bench import TASKS
from workbook.lesson.hands import Hands
from workbook.plan import Edit
from workbook.play import goal_gap
from workbook.play import play as play_plan
from workbook.solve import least_cash
from workbook.whatif import set_figure
from workbook.words import Words

pytestmark = pytest.mark.slow

NAME = "08-in-your-own-hands"
LAUNCH = {"cash-gap": "launch-early", "horses": "race"}
BORROW = {"cash-gap": "borrow"}
GOOD, WRONG = 'class="wb-line wb-good"', 'class="wb-line wb-fault"'


def page(lang: str = "en", **given: Any) -> Any:
    """The page played here, without further runs of itself."""
    return play(lang, NAME, **{"runs": 300, "alone": True, **given})


def said(hands: Hands, id: str, answer: Any) -> str:
    """The reply to an answer, as the page shows it."""
    panel = hands.check(id, answer)
    panel.refresh()
    return panel.html


def by_hand(names: dict[str, Any]) -> dict[str, Any]:
    """What a reader writes in the place of the dots, from the frames of the page."""
    plan, lives, other = names["plan"], names["lives"], names["borrowed"]
    taste = next(m for m in plan.milestones if m.id == "taste")
    share = (lives["fate"] == "goal").mean()
    pairs = (lives["fate"] == "goal").astype(float) - (other["fate"] == "goal")
    ruined = lives[lives["fate"] == "ruin"]
    half = names["grid"].loc[0.16].astype(float)
    return {
        "one-round": taste.cost + taste.weeks * plan.burn_per_week,
        "own-error": sqrt(share * (1 - share) / len(lives)),
        "deadliest": lives["died_in"].value_counts().idxmax(),
        "tries": ruined["attempts.taste"].median(),
        "half-ended": (names["weeks"]["under_way"] < 0.5).idxmax(),
        "saved": pd.crosstab(other["fate"], lives["fate"]).loc["ruin", "goal"],
        "paired": pairs.std(ddof=0) / sqrt(len(pairs)),
        "conversion": taste.gives.conversion / plan.sales.conversion,
        "even-chance": np.interp(0.5, half, half.index),
        "own-plan": edit(plan, Edit(milestones={"taste": {"weeks": "-2", "cost": "-15000"}})),
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ten_exercises_take_what_pandas_says_and_nothing_else(lang):
    """Each by-hand answer is right in both languages, counted to ten; a little off is not."""
    names = page(lang).names
    hands, answers = names["hands"], by_hand(names)
    assert list(answers) == list(TASKS)
    for count, (id, answer) in enumerate(answers.items(), 1):
        shown = said(hands, id, answer)
        assert GOOD in shown, id
        assert f"{count} " in shown
        off = wrong_answer(names, answer)
        assert GOOD not in said(hands, id, off), id
        hands.check(id, answer)
    assert hands.solved == set(TASKS)


def wrong_answer(names: dict[str, Any], answer: Any) -> Any:
    """A wrong answer of the right kind: another id, the plan unchanged, twice the number."""
    if isinstance(answer, str):
        return "demand"
    return names["plan"] if hasattr(answer, "milestones") else 2 * answer + 1


def test_a_usual_slip_has_a_reply_of_its_own():
    """The cost without its weeks, the variance, the mean, the net gain, the unpaired error …"""
    hands = page().names["hands"]
    reported = set()
    for id, task in TASKS.items():
        for slip, reply in getattr(task, "slips", ()):
            wrong = slip(hands.bench)
            if wrong != task.truth(hands.bench):
                reported.add(id)
                assert Words("en")(reply) in said(hands, id, wrong).replace("&#x27;", "'")
    assert reported >= {"one-round", "own-error", "deadliest", "saved", "paired", "conversion"}


ODD = [None, "much", [1, 2], float("nan"), pd.Series([1.0, 2.0]), True, 10**400, pd.NA, 3 + 4j]


@pytest.mark.parametrize("odd", ODD)
def test_an_answer_of_the_wrong_kind_is_reported_in_a_sentence(odd):
    """No traceback for a column, a text, nothing at all or "not a number"."""
    hands = page().names["hands"]
    for id in TASKS:
        shown = said(hands, id, odd)
        assert WRONG in shown
        assert "Traceback" not in shown


def test_a_plan_that_was_given_something_is_sent_back():
    """More cash, a better pass rate, free money at a milestone: each is named."""
    names = page().names
    plan, hands = names["plan"], names["hands"]
    for path in ("cash", "milestones.taste.pass_rate", "milestones.taste.gives.conversion"):
        easier = set_figure(plan, path, 1.0 if path != "cash" else 9e6)
        shown = said(hands, "own-plan", easier)
        assert path.rsplit(".", 1)[0].removesuffix(".gives") in shown
        assert WRONG in shown
    assert "channels" in said(hands, "own-plan", plan.model_copy(update={"milestones": ()}))
    for unknown in ("nothing", None, ["one-round"]):
        with pytest.raises(InputError, match="one-round"):
            hands.check(unknown, 1)


def test_where_an_answer_does_not_exist_none_is_right():
    """With money without end nobody is ruined: `None` is the answer, and a number is not."""
    names = page(cash=10**11, runs=100).names
    hands = names["hands"]
    never = [
        id for id, task in TASKS.items() if getattr(task, "truth", str)(hands.bench) == "never"
    ]
    assert set(never) >= {"deadliest", "tries"}
    for id in never:
        assert GOOD in said(hands, id, None)
        assert GOOD not in said(hands, id, 3)


def test_hand_made_tables_and_the_map_are_the_engines():
    """Fates counted from lives, the medians of a group, a cell of the heat map, the tornado's."""
    names = page().names
    played, lives = names["played"], names["lives"]
    counted = lives["fate"].value_counts(normalize=True)
    for fate, share in played.fates.items():
        assert counted.get(fate, 0) == pytest.approx(share)
    assert names["milestones"]["died_here"].sum() == pytest.approx(played.fates["ruin"])
    grid, plan = names["grid"], names["plan"]
    varied = set_figure(set_figure(plan, "cash", grid.columns[1]), names["taught"], 0.2)
    alone = play_plan(varied, LAUNCH, runs=150, how="simulated")
    assert grid.loc[0.2, grid.columns[1]] == alone.fates["goal"]
    assert (grid.diff(axis=1).iloc[:, 1:].sum(axis=1) > 0).all()
    swings = names["swings"]
    assert swings["at_high"].loc["cash"] > 0 > swings["at_low"].loc["cash"]


def test_the_sum_for_an_even_chance_agrees_with_the_solver():
    """What interpolation finds in the map is what `solve.least_cash` finds by bisection."""
    plan = cases.load("caffeine-lozenge").plan
    solved = least_cash(plan, wanted=0.5, choices=LAUNCH, runs=1000).value
    hands = own_hands(plan, LAUNCH, BORROW, runs=1000)
    assert GOOD in said(hands, "even-chance", solved)


def test_the_band_by_hand_lies_on_ours():
    """The line a reader adds to our runway has the same points, in weeks and in money."""
    names = page().names
    played, weeks = names["played"], names["weeks"]
    _, axes = plt.subplots(figsize=(9, 5))
    runway.draw(played, axes, Words("en"))
    ours = [line.get_xydata() for line in axes.lines]
    (mine,) = axes.plot(weeks.index, weeks["cash_p50"])
    by_hand_line = mine.get_xydata()
    plt.close("all")
    shown = [points for points in ours if len(points) > 20]
    assert any(np.allclose(points, by_hand_line[: len(points)]) for points in shown)


def test_pairs_make_the_gap_surer_than_two_separate_shares():
    """The paired error of the page is the engine's, and smaller than that of two samples."""
    names = page().names
    one = play_plan(names["plan"], BORROW, runs=300, how="simulated")
    gap = goal_gap(one, names["played"])
    assert by_hand(names)["paired"] == pytest.approx(gap.error)
