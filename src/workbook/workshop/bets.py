"""The forks that a class can bet on: those of the lessons, with the names of their options.

Continuing with the plan as written is an option where the lesson offers it. Bets in hand-ins are
checked against these forks, so that invented names never reach the wall.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from workbook.lesson.opening import with_stay_option
from workbook.lesson.programme import LESSONS, case_of
from workbook.paired import goal_gap
from workbook.plan import Plan, Text
from workbook.play import play
from workbook.workshop.hand_in import Stake

RUNS = 4_000


@dataclass(frozen=True)
class BetFork:
    """A fork of a lesson.

    Attributes
    ----------
    key
        `case/fork`.
    name
        The fork's name; `case` is the title of its case.
    options
        Option names by option id.
    plan
        The plan with all these options at the fork.
    """

    key: str
    name: Text
    case: Text
    options: Mapping[str, Text]
    plan: Plan


@cache
def bet_forks() -> Mapping[str, BetFork]:
    """Return every fork of every lesson, by `case/fork`."""
    found = {}
    for id, (_, syllabus) in LESSONS.items():
        plan = with_stay_option(case_of(id), syllabus).plan
        for fork in plan.forks:
            names = {option.id: option.name or option.id for option in fork.options}
            key = f"{id}/{fork.id}"
            found[key] = BetFork(key, fork.name or fork.id, plan.title or id, names, plan)
    return found


def known_bets(bets: Mapping[str, Stake]) -> dict[str, Stake]:
    """Return the bets on existing forks and options; drop unknown second choices."""
    forks = bet_forks()
    kept = {}
    for key, stake in bets.items():
        if key in forks and stake.choice in forks[key].options:
            now = stake.now if stake.now in forks[key].options else ""
            kept[key] = stake.model_copy(update={"now": now})
    return kept


@cache
def best_option(key: str, seed: int = 1) -> str:
    """Return the option that reaches the goal most often; empty if the lead is not significant."""
    bet_fork, fork = bet_forks()[key], key.partition("/")[2]
    played = {
        option: play(bet_fork.plan, {fork: option}, runs=RUNS, seed=seed, how="simulated")
        for option in bet_fork.options
    }
    if len(played) < 2:
        return ""
    first, second = sorted(played, key=lambda option: -played[option].fates["goal"])[:2]
    return first if goal_gap(played[second], played[first]).decides else ""
