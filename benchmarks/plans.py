"""The plans that the benchmarks play: twelve milestones in a line, unkind ones, shipped cases."""

from __future__ import annotations

from workbook.cases import load, shipped
from workbook.plan import Gives, Milestone, Plan, Sales
from workbook.whatif import better, certain, faster

MILESTONES, WEEKS = 12, 104
WITH_RANGES = "12 milestones, with ranges"
TWO_TEAMS = "12 milestones, 2 teams"
Plays = list[tuple[Plan, dict[str, str]]]


def plan() -> Plan:
    """Twelve milestones in a line, some of which sell more; most lives get there, a third die."""
    milestones = tuple(
        Milestone(
            id=f"m{n}",
            needs=(f"m{n - 1}",) if n else (),
            weeks=float(2 + n % 4),
            cost=1500.0,
            pass_rate=0.6,
            attempts=6,
            gives=Gives(conversion=0.02 * n) if n and n % 4 == 0 else None,
        )
        for n in range(MILESTONES)
    )
    sales = Sales(reach_per_week=40.0, conversion=0.01, price=200.0)
    return Plan(
        id="benchmark",
        goal=f"m{MILESTONES - 1}",
        horizon_weeks=WEEKS,
        cash=95_000.0,
        burn_per_week=1500.0,
        sales=sales,
        milestones=milestones,
    )


def others() -> dict[str, tuple[Plan, dict[str, str]]]:
    """Plans that are not so kind, with the options taken: what a user plays."""
    ours = plan()
    ranged = tuple(
        m.model_copy(update={"weeks": (1.0, m.weeks, 9.0), "cost": (1000.0, 1500.0, 3000.0)})
        for m in ours.milestones
    )
    found: dict[str, tuple[Plan, dict[str, str]]] = {
        "12 milestones": (ours, {}),
        WITH_RANGES: (ours.model_copy(update={"milestones": ranged}), {}),
        "60 milestones, 5 teams": (sixty(5, certain=False), {}),
    }
    for id in shipped():
        case = load(id).plan
        found[id] = case, {}
        for fork in case.forks:
            for option in fork.options:
                found[f"{id}: {option.id}"] = case, {fork.id: option.id}
    return found


def sixty(teams: int, *, certain: bool) -> Plan:
    """Sixty milestones, each after one of half its number."""
    milestones = tuple(
        Milestone(
            id=f"m{n}",
            needs=(f"m{n // 2}",) if n else (),
            weeks=3.0,
            cost=300.0,
            pass_rate=None if certain else 0.7,
        )
        for n in range(60)
    )
    many = {"milestones": milestones, "goal": "m59", "teams": teams}
    return plan().model_copy(update=many)


def twenty() -> Plan:
    """Twenty milestones in a line, four attempts each."""
    milestones = tuple(
        Milestone(
            id=f"m{n}",
            needs=(f"m{n - 1}",) if n else (),
            weeks=float(1 + n % 4),
            cost=100.0,
            pass_rate=0.5 + 0.01 * n,
            attempts=4,
        )
        for n in range(20)
    )
    return plan().model_copy(update={"milestones": milestones, "goal": "m19"})


def improved(case: Plan) -> Plays:
    """Twenty plans with a milestone made certain, ten points better, or a week faster."""
    edits = [edit(case, m.id) for m in case.attempted for edit in (certain, better, faster)]
    some = [(edited, dict[str, str]()) for edited in edits if edited != case]
    points = (0.05, 0.15)
    more: Plays = [(better(case, m.id, p), {}) for p in points for m in case.attempted]
    return [*some, *more][:20]


def richer(case: Plan) -> Plays:
    """Twenty amounts of cash, from half of the plan's to half as much again."""
    amounts = [case.cash * (0.5 + 0.05 * n) for n in range(20)] if case.cash else []
    return [(case.model_copy(update={"cash": amount}), {}) for amount in amounts]


def options(case: Plan) -> Plays:
    """The plan with each option, and with every two of different forks."""
    single = [{fork.id: option.id} for fork in case.forks for option in fork.options]
    twice = [a | b for n, a in enumerate(single) for b in single[n:] if a.keys() != b.keys()]
    return [(case, taken) for taken in [*single, *twice]]
