"""Small plans with decisions, for the coach and for the best play; plain data, as a file gives it.

Each has forks, hypotheses that may be left untested, and an order of work; their figures are drawn
so that the decisions matter: money is scarce, and what is paid for one thing is missed for another.
"""

from __future__ import annotations

import random


def small_plan(seed: int) -> dict:
    """Return the plan of a seed: two to four milestones, one or two forks, one team."""
    rng = random.Random(seed)
    count = rng.randint(2, 4)
    made: list[dict] = []
    tested: list[str] = []
    for number in range(count):
        last = number == count - 1
        milestone = {
            "id": f"m{number}",
            "weeks": rng.randint(1, 3),
            "cost": rng.choice([0, 200, 500, 900]),
            "needs": [m["id"] for m in made if last or rng.random() < 0.3],
        }
        if not last and rng.random() < 0.35:
            belief, redesign = rng.choice([0.4, 0.7]), {"weeks": 2, "cost": rng.choice([300, 900])}
            milestone["tests"] = {"belief": belief, "if_false": 0.2, "redesign": redesign}
            tested.append(milestone["id"])
        else:
            milestone["pass_rate"] = rng.choice([0.3, 0.5, 0.8, [0.2, 0.4, 0.7]])
            milestone["relies_on"] = [id for id in tested if last or rng.random() < 0.5]
            if rng.random() < 0.4:
                milestone["attempts"] = rng.randint(2, 3)
        if not last and rng.random() < 0.4:
            funding = {"amount": rng.choice([800, 1600]), "chance": 0.6, "lag_weeks": 2}
            milestone["gives"] = {"funding": funding}
        made.append(milestone)
    return {
        **{"id": f"small-{seed}", "goal": made[-1]["id"], "horizon_weeks": rng.randint(9, 13)},
        **{"cash": rng.choice([2500, 3500, 5000]), "burn_per_week": rng.choice([100, 200, 300])},
        "milestones": made,
        "forks": [fork(rng, n, made) for n in range(rng.randint(1, 2))],
    }


def wider_plan(seed: int) -> dict:
    """Return a small plan with more of what a plan may have: teams, sales, hours, bills, weeks."""
    rng, plan = random.Random(7 * seed + 1), small_plan(seed)
    made = plan["milestones"]
    if rng.random() < 0.5:
        plan["teams"] = 2
    if rng.random() < 0.5:
        price = rng.choice([20, 100, 300])
        plan["sales"] = {"reach_per_week": 10, "conversion": 0.1, "price": price}
        for milestone in made[:-1]:
            milestone["gives"] = {**milestone.get("gives", {}), "conversion": "+0.1"}
    if rng.random() < 0.3:
        plan["hours_per_week"] = 20
        made[0]["hours"] = rng.choice([15, 30, 50])
    if rng.random() < 0.3:
        plan["bills"] = [{"id": "rent", "amount": 400, "every_weeks": 4}]
    elif "sales" in plan and rng.random() < 0.4:
        plan["goal"] = "breakeven"
    if rng.random() < 0.3:
        plan["forks"][0]["at"] = {"week": 3}
    return {**plan, "id": f"wider-{seed}", "horizon_weeks": min(plan["horizon_weeks"], 10)}


def fork(rng: random.Random, number: int, made: list[dict]) -> dict:
    """Return a fork with one or two options that cost something and bring something."""
    at: dict = {"milestone": rng.choice(made)["id"]}
    if rng.random() < 0.5:
        at["cash_below"] = rng.choice([1000, 2000, 3000])
    last = made[-1]["id"]
    options = [
        {"loan": {"amount": 1500, "repay": 2000, "repay_after_weeks": rng.randint(3, 6)}},
        {"milestones": {last: {"pass_rate": 0.6, "weeks": 3}}},
        {"milestones": {last: {"teams": 2, "cost": 400}}},
        {"wait": {"burn_per_week": 50, "chance_per_week": 0.3, "amount": 1500}},
        {"skip": [made[0]["id"]], "milestones": {last: {"pass_rate": 0.25}}},
        {"burn_per_week": "-100", "milestones": {last: {"weeks": 4}}},
    ]
    taken = rng.sample(options, rng.randint(1, 2))
    return {
        "id": f"f{number}",
        "at": at,
        "options": [{"id": f"o{n}", **o} for n, o in enumerate(taken)],
    }
