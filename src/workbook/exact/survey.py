"""Choose the representation before propagating: find all amounts of money in the stages.

Cash changes in multiples of the *grain*, the greatest common divisor of all amounts. A coarse grain
makes a small array of weeks × cash; a fine one would make a large, mostly empty array.
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
    """The grain (cents), whether a grid is the better form, and the number of stages."""

    grain: int
    gridded: bool
    stages: int


def survey(transitions: Transitions) -> Survey:
    """Visit all stages; raise NotExactError for too many stages or too much money."""
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
    """Amounts found, in cents: payments by source, weekly net income, prices, others."""

    gifts: dict[tuple[str, str], int] = field(default_factory=dict)
    nets: set[int] = field(default_factory=lambda: {0})
    prices: set[int] = field(default_factory=lambda: {0})
    amounts: set[int] = field(default_factory=set)

    def see(self, opening: Opening | None, step: Step) -> None:
        """Record the amounts of one stage."""
        if opening is not None:
            self.amounts.update(opening.cash, (amount for _, amount, _ in opening.debts))
            come = sum(max(0, amount) for amount in opening.cash)
            self.gifts["opening", " ".join(opening.stage.forks)] = come
        self.prices.add(step.price)
        self.nets.add(step.net)
        for branch in step.branches:
            self.gifts.update({cheque.source: cheque.amount for cheque in branch.cheques})


def _stages(transitions: Transitions) -> Iterator[tuple[Stage, Opening | None]]:
    """Yield all stages without a verdict, each once, with the forks that open there."""
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
