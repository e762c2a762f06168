"""The forks that a class can bet on: those of the shipped cases, with their names.

What comes in is checked against them, so that nothing that somebody made up reaches the wall.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from workbook import cases
from workbook.paired import goal_gap
from workbook.plan import Plan, Text
from workbook.play import play
from workbook.workshop.entry import Stake

RUNS = 4_000


@dataclass(frozen=True)
class Crossroads:
    """A fork of a shipped case.

    Attributes
    ----------
    name
        The fork's name; `case` is the title of its case.
    options
        Names by the ids of the options.
    """

    key: str
    name: Text
    case: Text
    options: Mapping[str, Text]


@cache
def crossroads() -> Mapping[str, Crossroads]:
    """Every fork of every shipped case, by `case/fork`."""
    found = {}
    for case in map(cases.load, cases.shipped()):
        for fork in case.plan.forks:
            names = {option.id: option.name or option.id for option in fork.options}
            key = f"{case.id}/{fork.id}"
            title = case.plan.title or case.id
            found[key] = Crossroads(key, fork.name or fork.id, title, names)
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
    case, _, fork = key.partition("/")
    plan: Plan = cases.load(case).plan
    played = {
        option: play(plan, {fork: option}, runs=RUNS, seed=seed, how="simulated")
        for option in crossroads()[key].options
    }
    if len(played) < 2:
        return ""
    first, second = sorted(played, key=lambda option: -played[option].fates["goal"])[:2]
    return first if goal_gap(played[second], played[first]).decides else ""
