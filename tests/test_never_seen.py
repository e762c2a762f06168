"""What no simulated life met is not impossible: fewer than 3 in so many lives, and it is said."""

from __future__ import annotations

from math import comb

import pytest

from workbook.builder.answers import settled
from workbook.builder.view.pages import answered
from workbook.charts import fates
from workbook.charts.text_layout import how_found
from workbook.cli import main
from workbook.outcomes import share_error
from workbook.plan import Plan
from workbook.play import goal_gap, play
from workbook.solve import least_cash
from workbook.words import Words

EN, ZH = Words("en"), Words("zh")
RARE = """\
plan: 1
id: rare
goal: g
horizon_weeks: 5
cash: 10
milestones:
  - {id: g, pass_rate: 0.00000005, attempts: 1, cost: [1, 1, 2]}
"""


def rare(**keys) -> Plan:
    """A goal of one in twenty million, its cost a range, so that it must be simulated."""
    goal = {"id": "g", "pass_rate": 5e-8, "attempts": 1, "cost": [1, 1, 2], **keys}
    plan = {"id": "rare", "goal": "g", "horizon_weeks": 5, "cash": 10, "milestones": [goal]}
    return Plan.model_validate(plan)


@pytest.mark.parametrize("lives", [100, 10_000])
def test_two_errors_of_what_was_never_seen_are_three_in_so_many(lives):
    """The rule of three: at 3 in n, n lives see nothing in 5 of 100 cases."""
    bound = 2 * share_error(0.0, lives)
    assert bound == share_error(1.0, lives) * 2 == 3 / lives
    assert comb(lives, 0) * (1 - bound) ** lives == pytest.approx(0.05, abs=0.003)
    assert share_error(0.5, lives) == pytest.approx(0.5 / lives**0.5)


def test_no_figure_of_a_simulation_has_an_error_of_nothing():
    """Fates, milestones, gaps between plans and what `solve` finds; an exact play has none."""
    played = play(rare())
    assert set(played.fates_error.values()) == {1.5 / 10_000}
    assert played.milestones["g"].reached_error == 1.5 / 10_000
    assert goal_gap(played, play(rare(attempts=2))).error == 1.5 / 10_000
    assert least_cash(rare()).error == 1.5 / 10_000
    assert max(play(rare(cost=1)).fates_error.values()) < 1e-9


@pytest.mark.parametrize(
    ("lang", "reported"),
    [
        ("en", "never seen: goal, ruin and open, each in fewer than 3 of 10,000 lives"),
        ("zh", "一次也没出现：达成、断粮和未决，各不到 10,000 次里的 3 次"),
    ],
)
def test_play_says_it_in_both_languages(lang, reported, tmp_path, capsys):
    """Under the figures, beside how they were found."""
    path = tmp_path / "rare.yaml"
    path.write_text(RARE, encoding="utf-8")
    assert main(["play", str(path), "--lang", lang]) == 0
    assert reported in capsys.readouterr().out


def test_pictures_and_the_builders_headline_say_it():
    """No ±0 points, and no headline of 0 lives that leaves it there."""
    played = play(rare())
    assert how_found(played, EN).startswith("simulated: 10,000 lives; never seen: goal, ruin and")
    assert "一次也没出现" in how_found(played, ZH)
    assert "never seen: goal" in " ".join(fates.notes(played, EN, None))
    headline = answered(settled(rare()), EN)["headline"]
    assert any("never seen: goal, ruin and open" in line for line in headline)


def test_what_cannot_be_is_not_called_never_seen():
    """Without cash there is no ruin, without a limit nobody is stuck; exact is exact."""
    free = rare(attempts=None, pass_rate=1.0).model_copy(update={"cash": None})
    assert "never seen: open" in " ".join(fates.notes(play(free), EN, None))
    assert "never seen" not in " ".join(fates.notes(play(rare(cost=1)), EN, None))


def test_a_chance_of_nothing_that_was_simulated_is_reported_as_fewer_than_three():
    """In lay words, too."""
    assert EN.chance(0.0, share_error(0.0, 10_000)) == "fewer than 3 in 10,000"
    assert ZH.chance(0.0, share_error(0.0, 10_000)) == "10,000 次里不到 3 次"
    assert EN.chance(0.0) == EN.chance(0.0, 1e-10) == "almost never"
