"""The forks that a class can bet on: those of the lessons, with the names of their ways out.

Going on as the plan is written is a way out where the lesson offers it as one. What comes in is
checked against them, so that nothing that somebody made up reaches the wall.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from workbook.lesson.door import with_ways
from workbook.lesson.programme import LESSONS, case_of
from workbook.paired import goal_gap
from workbook.plan import Plan, Text
from workbook.play import play
from workbook.workshop.entry import Stake

RUNS = 4_000


@dataclass(frozen=True)
class Crossroads:
    """A fork of a lesson.

    Attributes
    ----------
    name
        The fork's name; `case` is the title of its case.
    options
        Names by the ids of the options.
    plan
        The plan with all of them at the fork.
    """

    key: str
    name: Text
    case: Text
    options: Mapping[str, Text]
    plan: Plan


@cache
def crossroads() -> Mapping[str, Crossroads]:
    """Every fork of every lesson, by `case/fork`."""
    found = {}
    for id, (_, syllabus) in LESSONS.items():
        plan = with_ways(case_of(id), syllabus).plan
        for fork in plan.forks:
            names = {option.id: option.name or option.id for option in fork.options}
            key = f"{id}/{fork.id}"
            found[key] = Crossroads(key, fork.name or fork.id, plan.title or id, names, plan)
    return found


def known(bets: Mapping[str, Stake]) -> dict[str, Stake]:
    """The bets on forks and options that there are; a second choice that is none is left out."""
    forks = crossroads()
    kept = {}
    for key, stake in bets.items():
        if key in forks and stake.choice in forks[key].options:
            now = stake.now if stake.now in forks[key].options else ""
            kept[key] = stake.model_copy(update={"now": now})
    return kept


@cache
def best_option(key: str, seed: int = 1) -> str:
    """The option that reaches the goal most often; empty where its lead is none to choose by."""
    ways, fork = crossroads()[key], key.partition("/")[2]
    played = {
        option: play(ways.plan, {fork: option}, runs=RUNS, seed=seed, how="simulated")
        for option in ways.options
    }
    if len(played) < 2:
        return ""
    first, second = sorted(played, key=lambda option: -played[option].fates["goal"])[:2]
    return first if goal_gap(played[second], played[first]).decides else ""
