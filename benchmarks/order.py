"""How long the search for the best order takes, by size; `python -m benchmarks.order`.

Three ways, each beside what it replaces:

- every order at once (halves that meet in the middle) beside playing one order after the other,
  whose time is measured on a few orders and multiplied;
- the same without any inflow;
- spend alone (dynamic programming over closed sets) beside listing the orders.
"""

from __future__ import annotations

from math import factorial
from time import process_time

from workbook import exact
from workbook.edit import reordered
from workbook.plan import Plan
from workbook.sequence import Precedence, Trial, least_spend
from workbook.sequence.exact_ranking import score_all
from workbook.sequence.propagate import TooManyPointsError

PLAYED = 5


def founder(free: int, inflow: bool) -> Plan:
    """So many milestones in any order and a goal that needs them all."""
    milestones: list[dict[str, object]] = []
    for n in range(free):
        milestone: dict[str, object] = {
            "id": f"m{n}",
            "weeks": 1 + n % 4,
            "cost": 1000.0 * (1 + n % 5),
            "pass_rate": 0.3 + 0.08 * (n % 6),
        }
        if n % 2:
            milestone["attempts"] = 3 + n % 3
        if inflow and n == 2:
            milestone["gives"] = {"funding": {"amount": 20_000.0, "chance": 0.6}}
        if inflow and n == 3:
            milestone["gives"] = {"revenue_per_week": 900.0}
        milestones.append(milestone)
    milestones.append({"id": "goal", "needs": [m["id"] for m in milestones]})
    frame = {"id": "founder", "goal": "goal", "cash": 70_000.0, "burn_per_week": 1000.0}
    return Plan.model_validate({**frame, "milestones": milestones})


def timed_play(plan: Plan) -> float:
    """CPU seconds for one order played exactly, on average over a few."""
    precedence = Precedence.of(plan)
    start = process_time()
    for _, order in zip(range(PLAYED), precedence.every(), strict=False):
        exact.play(reordered(plan, precedence.names(order)))
    return (process_time() - start) / PLAYED


def every_order(sizes: range, inflow: bool) -> None:
    print(f"\nEvery order, without noise, {'with funding and revenue' if inflow else 'no inflow'}")
    print("milestones   orders   all at once   one by one   ratio   (CPU time)")
    for size in sizes:
        plan = founder(size - 1, inflow)
        precedence = Precedence.of(plan)
        orders = precedence.count() or 0
        start = process_time()
        try:
            score_all(plan, precedence)
        except TooManyPointsError as refused:
            print(
                f"{size:10} {orders:8,}   refused after {process_time() - start:.1f} s: {refused}"
            )
            continue
        took, one_by_one = process_time() - start, timed_play(plan) * orders
        ratio = one_by_one / took
        print(f"{size:10} {orders:8,} {took:11.2f} s {one_by_one:10.0f} s {ratio:6.0f} ×")


def spend_alone(sizes: range) -> None:
    print("\nSpend alone, by sets (CPU time)")
    print("milestones   orders   no dependency   some dependencies")
    for size in sizes:
        trials = [Trial(1.0 + 7 * n % 11, 0.4 + 0.03 * (n * 3 % 20)) for n in range(size)]
        seconds = []
        for step in (size, 4):  # needs that reach `step` places back
            before = tuple(1 << (n - step) if n >= step else 0 for n in range(size))
            precedence = Precedence(tuple(f"m{n}" for n in range(size)), before)
            start = process_time()
            assert least_spend(precedence, trials).exact
            seconds.append(process_time() - start)
        print(f"{size:10} {factorial(size):8.0e} {seconds[0]:13.3f} s {seconds[1]:17.3f} s")


if __name__ == "__main__":
    every_order(range(4, 9), inflow=True)
    every_order(range(4, 10), inflow=False)
    spend_alone(range(8, 21, 4))
