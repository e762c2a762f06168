"""Plans of every kind, for property tests: small figures, so that every rule is met often."""

from __future__ import annotations

from hypothesis import strategies as st

from workbook.plan import Plan

shares = st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0])
money = st.sampled_from([0.0, 10.0, 33.33, 100.0, 250.0])
ids = [f"m{number}" for number in range(6)]


@st.composite
def ranges(draw, values):
    return tuple(sorted(draw(st.lists(values, min_size=3, max_size=3))))


@st.composite
def gives(draw):
    figures = {
        "conversion": shares,
        "reach_per_week": st.sampled_from([0.0, 5.0, 20.0]),
        "price": st.sampled_from([1.0, 7.5, 30.0]),
        "margin": shares,
        "revenue_per_week": money,
        "burn_per_week": money | st.sampled_from(["+50", "-50"]),
        "hours_per_week": st.sampled_from([0.0, 5.0, 10.0]),
        "running_hours_per_week": st.sampled_from([0.0, 3.0, 6.0]),
    }
    given = {name: draw(figure) for name, figure in figures.items() if draw(st.integers(0, 4)) == 0}
    if draw(st.integers(0, 2)) == 0:
        given["funding"] = {
            "amount": draw(money),
            "chance": draw(shares),
            "lag_weeks": draw(st.integers(0, 4)),
        }
    return given or None


@st.composite
def milestones(draw, id, earlier, tested, simple):
    made = {"id": id, "cost": draw(money), "attempts": draw(st.none() | st.integers(1, 4))}
    made["needs"] = (
        draw(st.lists(st.sampled_from(earlier), unique=True, max_size=2)) if earlier else []
    )
    made["weeks"] = float(draw(st.integers(1, 4)))
    if not simple:
        made["teams"] = draw(st.integers(1, 3))
        if draw(st.integers(0, 3)) == 0:
            made["weeks"] = draw(ranges(st.sampled_from([0.5, 1.0, 2.0, 5.0])))
        if draw(st.integers(0, 3)) == 0:
            made["cost"] = draw(ranges(money))
        if draw(st.integers(0, 5)) == 0:
            hours = st.sampled_from([1.0, 8.0, 25.0])
            made["hours"] = draw(hours | ranges(hours))
    if draw(st.integers(0, 2)) == 0:
        redesign = {"weeks": draw(st.integers(1, 3)), "cost": draw(money), "gives": draw(gives())}
        made["tests"] = {
            "belief": draw(shares),
            "if_true": draw(shares),
            "if_false": draw(shares),
            "redesign": redesign,
        }
        del made["attempts"]
    else:
        made["pass_rate"] = draw(shares | st.lists(shares, min_size=1, max_size=3).map(tuple))
        if tested:
            made["relies_on"] = draw(st.lists(st.sampled_from(tested), unique=True, max_size=2))
    made["gives"] = draw(gives())
    return made


@st.composite
def options(draw, number, known):
    option = {"id": f"o{number}"}
    kind = draw(st.sampled_from(["loan", "wait", "edit", "skip", "chain", "team", "new"]))
    if kind == "loan":
        option["loan"] = {
            "amount": draw(money),
            "repay": draw(money),
            "repay_after_weeks": draw(st.integers(1, 6)),
        }
    elif kind == "wait":
        option["wait"] = {
            "burn_per_week": draw(money),
            "chance_per_week": draw(shares),
            "amount": draw(money),
        }
    elif kind == "edit":
        option |= {"cash": draw(st.sampled_from(["+150", "-50", 300.0])), "burn_per_week": "+5"}
        option["sales"] = {"conversion": draw(shares)}
    elif kind == "skip":
        option["skip"] = [draw(st.sampled_from(known[:-1]))] if known[:-1] else []
    elif kind == "chain":
        id = draw(st.sampled_from(known))
        option["milestones"] = {
            id: {"teams": 2, "cost": draw(money), "attempts": draw(st.integers(1, 3))}
        }
    elif kind == "team":
        option |= {
            "teams": draw(st.integers(1, 3)),
            "horizon_weeks": draw(st.sampled_from(["+5", "-10"])),
        }
    else:
        option["milestones"] = {
            f"new{number}": {"weeks": 2.0, "cost": 5.0, "pass_rate": 0.5},
            known[-1]: {
                "needs": [*known[:1], f"new{number}"] if len(known) > 1 else [f"new{number}"]
            },
        }
    return option


sometimes = st.integers(0, 2).map(lambda n: n == 0)
around = st.sampled_from([(0.5, 1.0, 2.0), (0.0, 1.0, 1.2)])
weeks_on = st.integers(1, 12)
bill = st.fixed_dictionaries(
    {"id": st.just("rent"), "amount": money, "from_week": weeks_on},
    optional={"every_weeks": st.integers(1, 5)},
)
role = st.fixed_dictionaries(
    {
        **{"id": st.just("baker"), "headcount": st.sampled_from([0.0, 0.5, 2.0])},
        **{"pay_per_week": st.sampled_from([7.77, 60.0]), "from_week": weeks_on},
    },
    optional={"until_week": st.integers(12, 20), "on_costs": st.just(0.21)},
)
job = st.fixed_dictionaries(
    {"hours_per_week": st.sampled_from([4.0, 9.0]), "pay_per_month": money, "workload": shares}
)
founder = st.fixed_dictionaries(
    {"id": st.just("ben"), "hours_per_week": st.sampled_from([9.0, 20.0]), "job": job}
)
loan = st.fixed_dictionaries(
    {
        **{"amount": st.sampled_from([100.0, 777.0]), "chance": shares},
        "lag_weeks": st.integers(0, 4),
    },
    optional={
        "share_given": st.sampled_from([0.1, 0.39]),
        "repaid": st.fixed_dictionaries(
            {"instalments": st.integers(1, 5), "every_weeks": st.integers(1, 4)},
            optional={"interest_per_year": st.just(0.3), "grace_weeks": st.sampled_from([4, 9])},
        ),
    },
)
staying = st.fixed_dictionaries(
    {"paying_customers": st.sampled_from([0.0, 3.0]), "fee_per_month": money},
    optional={
        **{"churn_per_month": shares, "referrals_per_month": st.just(0.1)},
        **{"reach_growth_per_month": st.just(0.2), "most_reach_per_week": st.just(14.0)},
        **{"most_customers": st.just(9.0), "paid_after_weeks": st.integers(0, 3)},
        **{"stock_weeks": st.integers(0, 3), "minimum_order": money, "margin": shares},
    },
)
level = st.fixed_dictionaries(
    {"for_weeks": st.integers(1, 3), "at_least": st.sampled_from([0.0, 0.61, 4.0])}
    | {"of": st.sampled_from(["cash", "customers", "weekly_revenue", "debt", "founder_share"])},
    optional={"at_most": st.just(900.0)},
)


@st.composite
def dated(draw, milestone, earlier):
    """A milestone with keys of a real business: weeks of its own, levels, what it gives."""
    if "tests" not in milestone and draw(sometimes):
        kept = {key: milestone[key] for key in ("id", "needs", "gives") if key in milestone}
        return {**kept, "level": draw(level)}
    keys = {}
    if draw(sometimes):
        keys["by_week"] = draw(st.integers(0, 20))
    if draw(sometimes):
        keys |= {"from_week": draw(weeks_on), "starts_every_weeks": draw(st.integers(1, 6))}
    if earlier and draw(sometimes):
        rest = [id for id in earlier if id not in milestone["needs"]]
        keys["needs_any"] = tuple(rest[:2])
    given = dict(milestone["gives"] or {})
    if draw(sometimes):
        given |= {"bills": {"rent": draw(money | st.just("+20"))}, "funding": draw(loan)}
        given |= {"roles": {"baker": draw(st.sampled_from(["+1", 0.0]))}, "jobs": {"ben": 0.5}}
    return {**milestone, **keys, "gives": given or None}


@st.composite
def business(draw, known, keys):
    """Keys of a real business for a whole plan; what is there already is kept or ranged."""
    new = {
        **{"bills": (draw(bill),), "roles": (draw(role),), "founders": (draw(founder),)},
        "tax_on_profit": draw(st.sampled_from([0.0, 0.25])),
        "founder_share": draw(st.sampled_from([1.0, 0.8])),
        "due": tuple({"week": 3, **one} for one in draw(st.lists(loan, max_size=1))),
    }
    for one in new["due"]:
        one.pop("lag_weeks")
        if not {"share_given", "repaid"} & one.keys() and draw(sometimes):
            one |= {"every_weeks": draw(st.integers(1, 4))}
            one |= draw(st.sampled_from([{}, {"until_week": 8}]))
    if draw(sometimes):
        new |= {"starts": "2027-11-01", "seasons": (1.0, 0.5, 2.0) * 4}
    if draw(sometimes):
        some = draw(st.lists(st.sampled_from(known), unique=True, max_size=2))
        new["closed"] = ({"from_week": 2, "until_week": 4, "milestones": tuple(some)},)
    if draw(sometimes):
        condition = {"id": "c", "chance": draw(shares), "milestones": tuple(known[:2])}
        new["conditions"] = ({**condition, "pass_rate_factor": draw(shares)},)
    if draw(sometimes):
        new["sales"] = {**(keys["sales"] or {}), **draw(staying)}
    burn = keys["burn_per_week"]
    for kept in ("ranges", "weekly_ranges"):
        if burn and draw(sometimes):
            new[kept] = {"burn_per_week": tuple(burn * f for f in draw(around))}
        if keys["sales"] and draw(sometimes):
            price = {"sales.price": tuple(20.0 * f for f in draw(around))}
            new[kept] = {**new.get(kept, {}), **price}
    return new


@st.composite
def plans(draw, simple=False, with_forks=True, real=True):
    """A plan, and the options chosen at its forks.

    `simple`: one team, no ranges, no hours; `real`: a third of the plans is a real business.
    """
    count = draw(st.integers(1, len(ids)))
    made, tested = [], []
    for number, id in enumerate(ids[:count]):
        made.append(draw(milestones(id, ids[:number], tested, simple)))
        if "tests" in made[-1]:
            tested.append(id)
    known = ids[:count]
    forks, choices = [], {}
    for number in range(draw(st.integers(0, 2)) if with_forks else 0):
        at = {}
        if draw(st.booleans()):
            at["milestone"] = draw(st.sampled_from(known))
        if draw(st.integers(0, 2)) == 0:
            at["week"] = draw(st.integers(1, 8))
        if draw(st.integers(0, 2)) == 0:
            at["cash_below"] = draw(st.sampled_from([100.0, 400.0, 2000.0]))
        forks.append({"id": f"f{number}", "at": at, "options": [draw(options(number, known))]})
        if draw(st.integers(0, 3)):
            choices[f"f{number}"] = f"o{number}"
    hours = (
        {}
        if simple
        else {
            "hours_per_week": draw(st.sampled_from([0.0, 4.0, 10.0])),
            "running_hours_per_week": draw(st.sampled_from([0.0, 3.0])),
            "teams": draw(st.integers(1, 3)),
        }
    )
    skips = (
        draw(st.lists(st.sampled_from(known[:-1]), unique=True, max_size=2)) if count > 1 else []
    )
    morale = {
        "start": st.sampled_from([30, 60]),
        "falls_by": st.sampled_from([10, 45]),
        "rises_by": st.sampled_from([0, 25]),
        "low_below": st.sampled_from([25, 50]),
        "rounds_longer": st.sampled_from([1.0, 1.5, 2.4]),
    }
    moody = not simple and draw(st.integers(0, 2)) == 0
    real = real and not simple and draw(sometimes)
    if real:
        made = [draw(dated(m, ids[:n])) for n, m in enumerate(made)]
    keys = {
        "id": "any",
        "morale": draw(st.fixed_dictionaries(morale)) if moody else None,
        "goal": draw(st.sampled_from([known[-1], known[-1], known[-1], "breakeven"])),
        "horizon_weeks": draw(st.sampled_from([8, 25, 40])),
        "cash": draw(st.none() | st.sampled_from([0.0, 100.0, 400.0, 1000.0, 3000.0]))
        if not simple
        else draw(st.sampled_from([0.0, 100.0, 400.0, 1000.0, 3000.0])),
        "burn_per_week": draw(money),
        "sales": draw(
            st.none() | st.just({"reach_per_week": 10.0, "conversion": 0.1, "price": 20.0})
        ),
        "skips": tuple(skips),
        "milestones": tuple({**m, "needs": tuple(m["needs"])} for m in made),
        "forks": tuple(forks),
        **hours,
    }
    if real:
        keys |= draw(business(known, keys))
    plan = Plan.model_validate(keys)
    return plan, choices
