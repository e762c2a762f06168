"""Moves: edits that a founder could make next, each small enough to be real.

`small_moves` are steps that a founder can take on a plan with some chance: a quarter more cash, one
attempt more, a pass rate ten points higher, a cheaper or quicker attempt, a milestone left out, a
second team, an option of a fork, more customers, a higher price. `large_moves` are for a plan with
none: several times the cash or the customers, half of what it costs, half of the failures, more
weeks, and these together; the smallest come first, so that the first that helps says what would
lift the odds from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, isfinite

from workbook.builder.edits import RefusedError, called, leave_out
from workbook.builder.forks import choose, name_of
from workbook.chain import required
from workbook.errors import N_, Message, Money
from workbook.law import Attempt
from workbook.luck import Estimate, likely
from workbook.plan import Milestone, Plan

MORE, LESS, LIKELIER = 1.25, 0.8, 0.1
TIMES = (1, 2, 4)
MOST_WEEKS = 520
SMALL_SALES = (
    ("reach_per_week", MORE, N_("A quarter more people reached: {n} a week")),
    ("price", 1.1, N_("A tenth higher price: {amount}")),
    ("fee_per_month", 1.1, N_("A tenth higher fee: {amount} a month")),
    ("churn_per_month", LESS, N_("A fifth fewer customers leave: {percent}% a month")),
)
LARGE_SALES = (
    ("reach_per_week", 2.0, N_("Twice as many people reached: {n} a week")),
    ("reach_per_week", 4.0, N_("Four times as many people reached: {n} a week")),
    ("price", 2.0, N_("Twice the price: {amount}")),
    ("fee_per_month", 2.0, N_("Twice the fee: {amount} a month")),
    ("churn_per_month", 0.5, N_("Half as many customers leave: {percent}% a month")),
)


@dataclass(frozen=True)
class Move:
    """An edit: what it is, in a few words, and the plan after it."""

    what: Message
    plan: Plan
    ids: tuple[str, ...] = ()


Change = Callable[[Milestone], Milestone]


def small_moves(plan: Plan, ids: Sequence[str]) -> Iterator[Move]:
    """Moves on the whole plan, and on the milestones of those ids."""
    yield from _resources(plan)
    yield from _sales(plan, SMALL_SALES)
    for id in ids:
        yield from _on_milestone(plan, plan.milestone(id))
    yield from _left_out(plan)
    yield from _options(plan)


def large_moves(plan: Plan) -> Iterator[Move]:
    """Moves for a plan that never reaches its goal, the smallest first, all together last."""
    cheaper = _cheaper(plan)
    surer = _with_all(plan, _fewer_failures)
    for times in TIMES:
        yield from _with_cash(plan, times)
    yield Move(Message("Half of every cost and of the burn"), cheaper)
    yield Move(Message("Half of the failures: each pass rate halfway to certain"), surer)
    yield _longer(plan)
    yield from _sales(plan, LARGE_SALES)
    yield from _all_sales(plan)
    for times in TIMES[1:]:
        for move in _with_cash(_with_all(cheaper, _fewer_failures), times):
            values = {"what": move.what}
            yield Move(
                Message("{what}, half of all costs and half of the failures", values), move.plan
            )


def _longer(plan: Plan) -> Move:
    """Twice the weeks, or twice what one attempt at each takes, whatever is more."""
    once = sum(Attempt.at_start(plan, one).weeks for one in plan.attempted)
    weeks = min(MOST_WEEKS, max(plan.horizon_weeks * 2, ceil(2 * min(once, MOST_WEEKS))))
    values = {"week": weeks}
    return Move(Message("More weeks: to week {week}", values), _changed(plan, horizon_weeks=weeks))


def _sales(plan: Plan, factors: Sequence[tuple[str, float, str]]) -> Iterator[Move]:
    """Figures of the sales, a factor higher or lower; one with a range is left as it is."""
    for name, factor, template in factors:
        value = getattr(plan.sales, name, None)
        if not value or f"sales.{name}" in plan.ranges or plan.sales is None:
            continue
        new = round(value * factor, 4)
        shown = {
            "amount": Money(new, plan.currency),
            "n": round(new, 1),
            "percent": round(new * 100, 1),
        }
        sales = plan.sales.model_copy(update={name: new})
        yield Move(Message(template, shown), _changed(plan, sales=sales))


def _all_sales(plan: Plan) -> Iterator[Move]:
    """Four times as many people reached, half as many leaving, and twice the weeks."""
    if plan.sales is None or not plan.sales.reach_per_week:
        return
    longer = _longer(plan).plan
    for name, factor, _ in LARGE_SALES[1:]:
        for move in _sales(longer, [(name, factor, "")]):
            longer = move.plan
    template = N_("Four times as many people, twice the prices, half as many leaving, more weeks")
    yield Move(Message(template), longer)


def _resources(plan: Plan) -> Iterator[Move]:
    if plan.cash and not plan.log:
        cash = _rounded(plan.cash * MORE)
        values = {"cash": Money(cash, plan.currency)}
        yield Move(Message("A quarter more cash: {cash}", values), _changed(plan, cash=cash))
    if plan.burn_per_week:
        burn = _rounded(plan.burn_per_week * LESS)
        values = {"burn": Money(burn, plan.currency)}
        yield Move(
            Message("A fifth less burn: {burn} a week", values), _changed(plan, burn_per_week=burn)
        )
    if 1 < plan.teams < len(plan.attempted):
        message = Message("{n} milestones worked on at once", {"n": plan.teams + 1})
        yield Move(message, _changed(plan, teams=plan.teams + 1))


def _on_milestone(plan: Plan, milestone: Milestone) -> Iterator[Move]:
    name: dict[str, object] = {"name": called(plan, milestone.id)}

    def move(template: str, **update: object) -> Move:
        after = _with(plan, milestone.id, lambda m: m.model_copy(update=update))
        return Move(Message(template, name), after, (milestone.id,))

    rate = milestone.pass_rate
    if isinstance(rate, float) and rate < 1:
        yield move(N_("“{name}”: ten points likelier to pass"), pass_rate=min(1.0, rate + LIKELIER))
    if milestone.attempts is not None:
        yield move(N_("“{name}”: one more attempt"), attempts=milestone.attempts + 1)
    if likely(milestone.cost):
        yield move(N_("“{name}”: a fifth cheaper"), cost=_scaled(milestone.cost, LESS))
    if likely(milestone.weeks) > 1:
        yield move(N_("“{name}”: a quarter quicker"), weeks=_scaled(milestone.weeks, 1 / MORE))


def _left_out(plan: Plan) -> Iterator[Move]:
    """Leave out what the goal does not need, or a test: anything else would be no chain."""
    needed = required(plan)
    for id in plan.ids:
        if id in plan.skips or (id in needed and plan.milestone(id).tests is None):
            continue
        try:
            after, _ = leave_out(plan, id, True)
        except RefusedError:
            continue
        yield Move(Message("Leave out “{name}”", {"name": called(plan, id)}), after, (id,))


def _options(plan: Plan) -> Iterator[Move]:
    for fork in plan.forks:
        for option in fork.options:
            if option.id != fork.chosen:
                values = {"fork": name_of(fork), "option": name_of(option)}
                message = Message("At “{fork}” take “{option}”", values)
                yield Move(message, choose(plan, fork.id, option.id)[0])


def _with_cash(plan: Plan, times: int) -> Iterator[Move]:
    """So many times the cash that every attempt takes once, with the burn of its weeks."""
    if plan.cash is None or plan.log:
        return
    once = sum(Attempt.at_start(plan, one).cents_with_burn for one in plan.attempted) / 100
    cash = _rounded(max(plan.cash, once) * times) if isfinite(once) else plan.cash
    if cash > plan.cash:
        message = Message("{cash} in cash", {"cash": Money(cash, plan.currency)})
        yield Move(message, _changed(plan, cash=cash))


def _cheaper(plan: Plan) -> Plan:
    half = _changed(plan, burn_per_week=plan.burn_per_week / 2)
    return _with_all(half, lambda m: m.model_copy(update={"cost": _scaled(m.cost, 0.5)}))


def _fewer_failures(milestone: Milestone) -> Milestone:
    rate = milestone.pass_rate
    if rate is None:
        return milestone
    many = tuple((1 + one) / 2 for one in rate) if isinstance(rate, tuple) else (1 + rate) / 2
    return milestone.model_copy(update={"pass_rate": many})


def _with(plan: Plan, id: str, change: Change) -> Plan:
    return _with_all(plan, lambda one: change(one) if one.id == id else one)


def _with_all(plan: Plan, change: Change) -> Plan:
    return _changed(plan, milestones=tuple(map(change, plan.milestones)))


def _changed(plan: Plan, **update: object) -> Plan:
    return plan.model_copy(update=update)


def _scaled(estimate: Estimate, factor: float) -> Estimate:
    if isinstance(estimate, tuple):
        low, likely, high = (_rounded(one * factor) for one in estimate)
        return (low, likely, high)
    return _rounded(estimate * factor)


def _rounded(amount: float) -> float:
    """An amount to three digits that matter: nobody raises 312,487."""
    if amount <= 0:
        return 0.0
    digits = 2 - len(str(int(amount))) + 1
    return float(round(amount, digits))
