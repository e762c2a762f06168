"""Survey the stages before computing: every amount of money on the way, and so how to compute.

Cash moves in steps of the *grain*, the greatest common divisor of all amounts. A coarse grain makes
a small array of weeks × cash; a fine one would make an array too large, mostly empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import gcd

from workbook.exact.refusals import NotExactError
from workbook.exact.stages import Opening, Stage, Step
from workbook.exact.transitions import Transitions

MOST_STAGES = 5_000
MOST_CELLS = 400_000
MOST_CASH = 10**14  # cents: beyond, whole numbers of 64 bits would not do


@dataclass(frozen=True)
class Survey:
    """The grain (cents), whether mass is best kept in a grid, and how many stages there are."""

    grain: int
    gridded: bool
    stages: int


def survey(transitions: Transitions) -> Survey:
    """Visit every stage; NotExactError where there are too many or too much money."""
    plan = transitions.plans[0]
    cash = transitions.programs[0].cash_cents
    seen = Sights()
    for _, cheques in transitions.promised():
        seen.gifts.update({cheque.source: cheque.amount for cheque in cheques})
    seen.amounts.update(debt.amount_cents for debt in plan.begun.debts)
    stages = 0
    for stage, opening in _stages(transitions):
        seen.see(opening, transitions.step(stage))
        stages += 1
    most = cash + sum(seen.gifts.values()) + max(seen.nets) * plan.horizon_weeks
    falls = plan.horizon_weeks * (min(seen.nets) - max(seen.prices))
    least = falls if plan.cash is None else 0
    if most - least > MOST_CASH:
        raise NotExactError("amounts of money too large to be followed to the cent")
    grain = max(1, gcd(cash, *seen.amounts, *seen.gifts.values(), *seen.nets, *seen.prices))
    cells = (plan.horizon_weeks + 1) * ((most - least) // grain + 1)
    return Survey(grain, cells <= MOST_CELLS, stages)


@dataclass
class Sights:
    """Amounts met on the way, in cents: cheques by sender, what a week moves, prices, others."""

    gifts: dict[tuple[str, str], int] = field(default_factory=dict)
    nets: set[int] = field(default_factory=lambda: {0})
    prices: set[int] = field(default_factory=lambda: {0})
    amounts: set[int] = field(default_factory=set)

    def see(self, opening: Opening | None, step: Step) -> None:
        """Take down the amounts of one stage."""
        if opening is not None:
            self.amounts.update(opening.cash, (amount for _, amount, _ in opening.debts))
            come = sum(max(0, amount) for amount in opening.cash)
            self.gifts["opening", " ".join(opening.stage.forks)] = come
        self.prices.add(step.price)
        self.nets.add(step.net)
        for branch in step.branches:
            self.gifts.update({cheque.source: cheque.amount for cheque in branch.cheques})


def _stages(transitions: Transitions) -> Iterator[tuple[Stage, Opening | None]]:
    """All stages without a verdict, each once, with the forks that open there."""
    waiting, seen = [transitions.first()], set[Stage]()
    while waiting:
        stage = waiting.pop()
        if stage in seen or transitions.verdict(stage) is not None:
            continue
        seen.add(stage)
        if len(seen) > MOST_STAGES:
            template = "more than {limit} ways to stand in the chain: too many to carry exactly"
            raise NotExactError(template, limit=MOST_STAGES)
        opening = transitions.opening(stage)
        yield stage, opening
        if opening is not None:
            waiting.append(opening.stage)
        waiting += [branch.stage for branch in transitions.step(stage).branches]
