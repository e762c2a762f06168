"""Small plans for one team, with every rule in them, that can be enumerated life by life."""

from __future__ import annotations

from hypothesis import strategies as st

from workbook.plan import Plan

CHANCES = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.8, 1.0])
MONEY = st.sampled_from([0.0, 100.0, 250.0, 333.33, 500.0, 1000.0])


@st.composite
def gifts(draw, funding=True):
    """What a milestone gives: at times revenue, another burn or more of it, other hours, money."""
    gives = {}
    if draw(st.booleans()):
        gives["revenue_per_week"] = draw(MONEY)
    if draw(st.booleans()):
        gives["burn_per_week"] = draw(MONEY | st.sampled_from(["+250", "+333.33", "-100"]))
    if draw(st.integers(0, 3)) == 0:
        gives["running_hours_per_week"] = draw(st.sampled_from([0.0, 2.0, 10.0]))
    if funding and draw(st.integers(0, 2)) == 0:
        gives["funding"] = {
            "amount": draw(MONEY),
            "chance": draw(CHANCES),
            "lag_weeks": draw(st.integers(0, 4)),
        }
    return gives


@st.composite
def milestones(draw, count):
    """A chain of few milestones with everything in it that one team can meet."""
    made, testing = [], []
    for number in range(count):
        id = f"m{number}"
        milestone = {
            "id": id,
            "needs": [f"m{n}" for n in range(number) if draw(st.integers(0, 2)) == 0],
            "relies_on": [h for h in testing if draw(st.booleans())],
            "weeks": draw(st.integers(1, 3)),
            "cost": draw(MONEY),
            "teams": draw(st.sampled_from([1, 1, 1, 2])),
        }
        if draw(st.integers(0, 4)) == 0:
            milestone["hours"] = draw(st.sampled_from([5.0, 12.0]))
        if draw(st.integers(0, 2)) == 0:
            milestone["tests"] = {
                "belief": draw(CHANCES),
                "if_true": draw(CHANCES),
                "if_false": draw(CHANCES),
                "redesign": {
                    "weeks": draw(st.integers(1, 2)),
                    "cost": draw(MONEY),
                    "gives": draw(st.none() | gifts()),
                },
            }
            testing.append(id)
        else:
            milestone["pass_rate"] = draw(
                CHANCES | st.lists(CHANCES, min_size=1, max_size=3).map(tuple)
            )
        if draw(st.booleans()):
            milestone["attempts"] = draw(st.integers(1, 3))
        if draw(st.booleans()):
            milestone["gives"] = draw(gifts())
        made.append(milestone)
    return made


@st.composite
def plans(draw, forks=False):
    """Small plans for one team."""
    count = draw(st.integers(1, 4))
    made = draw(milestones(count))
    ids = [m["id"] for m in made]
    made = draw(st.permutations(made))
    plan = {
        "id": "small",
        "goal": draw(st.sampled_from([ids[-1], ids[-1], ids[0], "breakeven"])),
        "horizon_weeks": draw(st.integers(1, 12)),
        "cash": draw(st.none() | st.sampled_from([0.0, 500.0, 1500.0, 2500.5, 5000.0])),
        "burn_per_week": draw(MONEY),
        "revenue_per_week": draw(st.sampled_from([0.0, 0.0, 100.0, 400.0])),
        "hours_per_week": 10.0,
        "skips": [id for id in ids if draw(st.integers(0, 5)) == 0],
        "milestones": made,
    }
    if forks:
        plan["forks"] = [
            {"id": f"f{n}", "at": draw(openings(ids)), "options": [draw(options(made))]}
            for n in range(draw(st.integers(1, 2)))
        ]
    return Plan.model_validate(plan)


def openings(ids):
    return st.sampled_from([{"milestone": id} for id in ids] + [{}])


@st.composite
def options(draw, made):
    """An option of a fork that exact play can follow."""
    option = {"id": "yes"}
    if draw(st.booleans()):
        option["cash"] = draw(st.sampled_from(["+1000", "-300", 700.0]))
    if draw(st.booleans()):
        option["burn_per_week"] = draw(st.sampled_from(["+100", "-100", 0.0]))
    if draw(st.integers(0, 2)) == 0:
        option["loan"] = {"amount": 900.0, "repay": 1200.0, "repay_after_weeks": 3}
    if draw(st.integers(0, 2)) == 0:
        option["wait"] = {"burn_per_week": 50.0, "chance_per_week": 0.5, "amount": 800.0}
    id = draw(st.sampled_from(made))["id"]
    if draw(st.integers(0, 2)) == 0:
        option["skip"] = [id]
    elif draw(st.booleans()):
        option["milestones"] = {id: {"cost": "+100", "weeks": 2}}
    return option
