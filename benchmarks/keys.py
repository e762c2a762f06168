"""What each key of a real business costs: `python -m benchmarks.keys`.

One plan of 12 milestones over 104 weeks, one team, 10,000 lives with all their bands, beside the
same plan with one key more, and with all of them. The plan without keys is played in two ways: by
the fast method for one team, which no real business can be played by, and week by week, by the
general one ("weeks alike": a tax of nothing but its name). Ratios are of CPU time and to that; the
median of rounds in which both take turns.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from statistics import median
from time import process_time
from typing import Any

from benchmarks.engine import RUNS
from benchmarks.plans import plan
from workbook import simulate
from workbook.plan import Plan

ROUNDS = 5
MOST = 2.0
"""Times as long as the same plan without them that all keys together may take."""
MONTHS = (1.3, 1.2, 1.1, 1.0, 0.8, 0.6, 0.5, 0.6, 1.0, 1.2, 1.3, 1.2)
LOAN = {"amount": 3000.0, "repaid": {"instalments": 24, "interest_per_year": 0.09}}
BILLS = [{"id": "rent", "amount": 200.0, "every_weeks": 4}, {"id": "car", "amount": 50.0}]
MEMBER = {"fee_per_month": 40.0, "churn_per_month": 0.05, "referrals_per_month": 0.02}
KEYS: Mapping[str, Mapping[str, Any]] = {
    "bills": {"bills": BILLS},
    "roles": {"roles": [{"id": "baker", "headcount": 0.1, "pay_per_month": 2600.0}]},
    "founders": {
        "founders": [
            {"id": "b", "hours_per_week": 50, "job": {"hours_per_week": 9, "pay_per_week": 20.0}}
        ]
    },
    "customers who stay": {"sales": MEMBER},
    "growth": {"sales": {"reach_growth_per_month": 0.01}},
    "terms and stock": {"sales": {"paid_after_weeks": 4, "stock_weeks": 2, "minimum_order": 50.0}},
    "seasons": {"starts": "2027-01-04", "seasons": MONTHS},
    "closed weeks": {"closed": [{"from_week": 31, "until_week": 33}]},
    "conditions": {"conditions": [{"id": "c", "chance": 0.7, "milestones": ["m2", "m3"]}]},
    "ranges": {"ranges": {"sales.price": (30.0, 40.0, 60.0)}},
    "weekly ranges": {"weekly_ranges": {"sales.reach_per_week": (10.0, 20.0, 40.0)}},
    "tax": {"tax_on_profit": 0.25},
    "rounds and loans": {"due": [{"week": 6, "share_given": 0.1, **LOAN}]},
    "levels": {},
    "deadlines": {},
}


def with_keys(*names: str) -> Plan:
    """Return the plan with these keys; the figures of `sales` on top of its own."""
    data: dict[str, Any] = plan().model_dump(exclude_unset=True)
    for name in names:
        keys = dict(KEYS[name])
        data["sales"] = {**data["sales"], **keys.pop("sales", {})}
        data |= keys
    chain = list(data["milestones"])
    if "levels" in names:
        level = {"id": "paid", "level": {"of": "weekly_revenue", "at_least": 1.0}, "needs": ["m3"]}
        chain.append(level)
    if "deadlines" in names:
        chain[-2] = {**chain[-2], "by_week": 90, "from_week": 3}
    return Plan.model_validate({**data, "milestones": chain})


def seconds(played: Plan) -> float:
    """Return the CPU time of a play."""
    start = process_time()
    simulate.play(played, runs=RUNS)
    return process_time() - start


def measured() -> dict[str, float]:
    """Return how many times as long each takes as the same plan without it, week by week."""
    alone = with_keys("closed weeks")
    plans = {"the fast method": plan(), **{name: with_keys(name) for name in KEYS}}
    plans["all of them"] = with_keys(*KEYS)
    for warm in (alone, *plans.values()):
        seconds(warm)
    taken: dict[str, list[float]] = {name: [] for name in plans}
    for _ in range(ROUNDS):
        base = seconds(alone)
        for name, one in plans.items():
            taken[name].append(seconds(one) / base)
    return {name: median(ratios) for name, ratios in taken.items()}


def main() -> None:
    """Print a line for each key, and whether all together keep to the limit."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    found = measured()
    if parser.parse_args().json:
        print(json.dumps(found))
        return
    print(f"CPU time of {RUNS:,} lives, times the same plan played week by week without the key")
    for name, times in found.items():
        print(f"{name:<24}{times:>8.2f}")
    kept = "kept" if found["all of them"] <= MOST else "not kept"
    print(f"all keys together: at most {MOST:g} times: {kept}")


if __name__ == "__main__":
    main()
