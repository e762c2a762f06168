"""Random plans for property tests: always valid, small enough to play, and as odd as they can be.

    @given(plans())                              one team, numbers only: what `exact` plays
    @given(plans(inflows=False))                 no funding, no revenue
    @given(plans(teams=3, ranges=True))          what only `simulate` plays
    @given(plans(forks=True, words=True))        every key that a plan file can have

Dependencies always point to milestones earlier in the plan, so there is never a cycle.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from workbook.consistency import faults_of
from workbook.plan import STAGES, Plan

NAMES = ("demand", "kernel", "taste", "price", "shop", "channel", "growth", "口味", "x_1", "q-7")

amounts = st.one_of(
    st.integers(0, 200).map(lambda n: n * 100.0),
    st.integers(0, 2_000_000).map(lambda n: n / 100),
)
shares = st.one_of(
    st.sampled_from([0.0, 0.05, 0.5, 0.93, 1.0]), st.integers(0, 100).map(lambda n: n / 100)
)
chances = st.integers(5, 100).map(lambda n: n / 100)
letters = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufeff")
phrases = st.one_of(
    st.sampled_from(
        ["007", "NO", "12:30", "null", "1e3", "$x_1$", "<script>", "- a", "# b", "a: b"]
    ),
    st.sampled_from(
        ["最小可行产品", "مرحبا", "👩‍🚀 emoji", "two\nlines\n", " spaces ", "'q\" \\n"]
    ),
    st.text(letters, max_size=40),
)
texts = st.one_of(phrases, st.fixed_dictionaries({"en": phrases, "zh": phrases}))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The strategy's values, or None for a key that is left out."""
    return st.one_of(st.none(), strategy)


def keys(**values: Any) -> dict[str, Any]:
    """The keys that have a value."""
    return {key: value for key, value in values.items() if value is not None}


@st.composite
def ranges_of(draw: st.DrawFn, low: float, high: float) -> list[float]:
    """Low, likely, high, in order."""
    found = draw(st.lists(st.integers(int(low), int(high)), min_size=3, max_size=3))
    return [float(value) for value in sorted(found)]


@st.composite
def gives(draw: st.DrawFn, *, inflows: bool, measures: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a reached milestone changes."""
    added = st.sampled_from(["+120", "-80", "+0.5"])
    found = keys(burn_per_week=draw(maybe(amounts.map(lambda a: a / 10) | added)))
    if inflows:
        found |= keys(
            conversion=draw(maybe(shares)),
            reach_per_week=draw(maybe(st.integers(0, 200).map(float))),
            price=draw(maybe(amounts.map(lambda a: a / 50))),
            margin=draw(maybe(shares)),
            revenue_per_week=draw(maybe(amounts.map(lambda a: a / 20))),
            funding=draw(maybe(fundings())),
        )
    for name in measures:
        found |= keys(**{name: draw(maybe(st.integers(-100, 100).map(float)))})
    return found


def fundings() -> st.SearchStrategy[dict[str, Any]]:
    """Money that comes with a chance, after a lag."""
    return st.fixed_dictionaries(
        {"amount": amounts, "chance": shares, "lag_weeks": st.integers(0, 6)}
    )


@st.composite
def hypotheses(draw: st.DrawFn, *, inflows: bool) -> dict[str, Any]:
    """What a milestone tests."""
    found = {"belief": draw(shares), "if_true": draw(shares), "if_false": draw(shares)}
    redesign = {"weeks": draw(st.integers(1, 4)), "cost": draw(amounts)}
    if draw(st.booleans()):
        redesign["gives"] = draw(gives(inflows=inflows))
    return {**found, "redesign": redesign}


@st.composite
def milestones(
    draw: st.DrawFn,
    id: str,
    before: list[dict[str, Any]],
    *,
    inflows: bool,
    tests: bool,
    ranges: bool,
    racing: bool,
    measures: tuple[str, ...],
    words: bool,
) -> dict[str, Any]:
    """A milestone that may need or rely on those before it."""
    earlier = [other["id"] for other in before]
    tested = [other["id"] for other in before if "tests" in other]
    subset = st.lists(st.sampled_from(earlier), unique=True, max_size=3) if earlier else st.just([])
    found: dict[str, Any] = {"id": id, "needs": draw(subset)}
    if tested and draw(st.booleans()):
        found["relies_on"] = draw(st.lists(st.sampled_from(tested), unique=True, max_size=2))
    wide = ranges and draw(st.booleans())
    found["weeks"] = draw(ranges_of(1, 8)) if wide else draw(st.integers(1, 6))
    found["cost"] = draw(ranges_of(0, 9000)) if wide else draw(amounts)
    if tests and draw(st.integers(0, 2)) == 0:
        found["tests"] = draw(hypotheses(inflows=inflows))
    else:
        found |= keys(pass_rate=draw(maybe(chances | st.lists(chances, min_size=1, max_size=3))))
        found |= keys(attempts=draw(maybe(st.integers(1, 5))))
        if racing:
            found["teams"] = draw(st.integers(1, 3))
    if draw(st.booleans()):
        found["gives"] = draw(gives(inflows=inflows, measures=measures))
    return found | (draw(labels()) if words else {})


@st.composite
def labels(draw: st.DrawFn) -> dict[str, Any]:
    """The keys of a milestone that are there to be read."""
    proof = keys(
        measure=draw(texts),
        at_least=draw(maybe(st.floats(-1e6, 1e6))),
        of=draw(maybe(st.integers(0, 100).map(float))),
        unit=draw(maybe(texts)),
    )
    return keys(
        name=draw(maybe(texts)),
        stage=draw(maybe(st.sampled_from(STAGES))),
        necessary=draw(maybe(st.booleans())),
        proof=draw(maybe(st.just(proof))),
        if_missed=draw(maybe(texts)),
        note=draw(maybe(texts)),
    )


@st.composite
def options(draw: st.DrawFn, id: str, ids: list[str], goal: str) -> dict[str, Any]:
    """One way out of a fork."""
    kind = draw(st.sampled_from(["loan", "wait", "skip", "edit"]))
    option: dict[str, Any] = {"id": id}
    if kind == "loan":
        weeks = draw(st.integers(1, 20))
        loan = {"amount": draw(amounts), "repay": draw(amounts), "repay_after_weeks": weeks}
        return option | {"loan": loan}
    if kind == "wait":
        burn, chance, amount = draw(amounts), draw(shares), draw(amounts)
        wait = {"burn_per_week": burn, "chance_per_week": chance, "amount": amount}
        return option | {"wait": wait}
    if kind == "skip":
        others = [other for other in ids if other != goal]
        return option | {
            "skip": draw(st.lists(st.sampled_from(others), unique=True, max_size=2))
            if others
            else []
        }
    edited = {draw(st.sampled_from(ids)): {"cost": draw(amounts), "teams": draw(st.integers(1, 3))}}
    cash = draw(st.sampled_from(["+5000", "-100.5", 20000.0]))
    return option | {"cash": cash, "milestones": edited}


@st.composite
def forks_of(draw: st.DrawFn, ids: list[str], goal: str) -> list[dict[str, Any]]:
    """One or two forks, each with one to three options."""
    found = []
    for n in range(draw(st.integers(1, 2))):
        at = keys(
            milestone=draw(maybe(st.sampled_from(ids))),
            week=draw(maybe(st.integers(1, 30))),
            cash_below=draw(maybe(amounts)),
        )
        ways = [draw(options(f"way-{k}", ids, goal)) for k in range(draw(st.integers(1, 3)))]
        found.append({"id": f"fork-{n}", "at": at, "options": ways})
    return found


@st.composite
def plan_data(
    draw: st.DrawFn,
    *,
    most: int = 5,
    inflows: bool = True,
    tests: bool = True,
    skips: bool = True,
    teams: int = 1,
    ranges: bool = False,
    racing: bool = True,
    forks: bool = False,
    words: bool = False,
    horizon: int = 60,
) -> dict[str, Any]:
    """The plain data of a valid plan, as a file would give it; see `plans`."""
    count = draw(st.integers(1, most))
    ids = draw(st.permutations(NAMES))[:count] if words else list(NAMES[:count])
    measures = ("nps",) if words else ()
    chain: list[dict[str, Any]] = []
    for id in ids:
        chain.append(
            draw(
                milestones(
                    id,
                    chain,
                    inflows=inflows,
                    tests=tests,
                    ranges=ranges,
                    racing=racing,
                    measures=measures,
                    words=words,
                )
            )
        )
    goal = draw(st.sampled_from(ids)) if draw(st.booleans()) else ids[-1]
    plan: dict[str, Any] = {"plan": 1, "id": "random", "goal": goal}
    plan |= {"horizon_weeks": draw(st.integers(1, horizon)), "cash": draw(amounts)}
    plan |= {"burn_per_week": draw(amounts.map(lambda a: a / 10)), "milestones": chain}
    plan |= {"teams": draw(st.integers(1, teams))} if teams > 1 else {}
    if skips:
        others = [id for id in ids if id != goal]
        plan["skips"] = [id for id in others if draw(st.integers(0, 3)) == 0]
    if inflows and draw(st.booleans()):
        reach, conversion = draw(st.integers(0, 100).map(float)), draw(shares)
        sales = {"reach_per_week": reach, "conversion": conversion, "price": draw(amounts)}
        plan["sales"] = {**sales, "margin": draw(shares)}
    if forks and draw(st.booleans()):
        plan["forks"] = draw(forks_of(ids, goal))
    return plan | (draw(around(ids)) if words else {})


@st.composite
def around(draw: st.DrawFn, ids: list[str]) -> dict[str, Any]:
    """The keys of a plan that no engine needs."""
    decisions = st.sampled_from(["go", "no-go", "redirect"])
    entry = st.fixed_dictionaries(
        {"week": st.integers(0, 50), "note": texts}, optional={"decision": decisions}
    ) | st.builds(
        lambda week, id, result: {"week": week, "milestone": id, "result": result},
        st.integers(0, 50),
        st.sampled_from(ids),
        st.sampled_from(["passed", "failed"]),
    )
    bill = st.fixed_dictionaries(
        {"id": st.just("rent"), "amount": amounts},
        optional={"from_week": st.integers(1, 9), "every_weeks": st.integers(1, 5)},
    )
    return keys(
        title=draw(maybe(texts)),
        bills=draw(maybe(st.lists(bill, max_size=1))),
        currency=draw(maybe(st.sampled_from(["CNY", "USD", "EUR"]))),
        measures={"nps": keys(value=draw(st.floats(-100, 100)), unit=draw(maybe(texts)))},
        log=draw(maybe(st.lists(entry, max_size=3))),
    )


@st.composite
def plans(draw: st.DrawFn, **wanted: Any) -> Plan:
    """Valid plans.

    Parameters
    ----------
    most
        Most milestones (at most 10).
    inflows
        Whether there may be funding, revenue and sales.
    tests
        Whether milestones may test hypotheses that others rely on.
    skips
        Whether milestones may be left out (never the goal).
    teams
        Most teams that work at the same time.
    ranges
        Whether weeks and cost may be low / likely / high.
    racing
        Whether a milestone may have several teams of its own.
    forks
        Whether there may be forks.
    words
        Whether titles, notes, measures, a log and odd ids are there as well.
    horizon
        Most weeks.
    """
    data = draw(plan_data(**wanted))
    faults = [str(fault) for fault in faults_of(data)]
    assert not faults, faults
    return Plan.model_validate(data)
