"""Forks on a page: the picture and the table of options taken together share one margin."""

from __future__ import annotations

import pytest

from workbook.plan import Plan
from workbook.play import goal_gap, play
from workbook.reports.results import forks_section
from workbook.words import Words


def two_forks(rate: float) -> Plan:
    """A shop that opens in so many of 100 tries, and two forks that each may make it so."""
    fork = {"at": {"milestone": "shop"}}
    better = {"id": "better", "milestones": {"shop": {"pass_rate": rate}}}
    thrift = {"id": "thrift", "burn_per_week": "-1"}
    return Plan.model_validate(
        {
            "id": "two-forks",
            "goal": "shop",
            "cash": 5000,
            "burn_per_week": 10,
            "milestones": [{"id": "shop", "cost": 900, "pass_rate": 0.3}],
            "forks": [
                {"id": "a", **fork, "options": [better]},
                {"id": "b", **fork, "options": [thrift]},
            ],
        }
    )


@pytest.mark.parametrize(("rate", "reported"), [(0.315, "too close to call"), (0.45, "points")])
def test_what_is_taken_together_is_held_to_the_margin_of_the_pictures(rate, reported):
    """Less than three points decide nothing, however clear they are of chance."""
    plan, runs = two_forks(rate), 4000
    base = play(plan, runs=runs, seed=1, how="simulated")
    both = play(plan, {"a": "better", "b": "thrift"}, runs=runs, seed=1)
    assert goal_gap(base, both).clear
    together = forks_section(base, Words("en"), runs, 1).split("Options taken together", 1)[1]
    assert reported in together
    assert "no clear difference" not in together
