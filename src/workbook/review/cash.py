"""Rules about money: it is finite (P9), fixed late (R5), and has to pay for ways back (P10).

The plan states its cash, and it pays for enough attempts. No series and no new weekly bill comes
before the price. A skipped hypothesis may have to be tested later: the cash left must pay for that.

Too little cash is reported only if it is too little even in the best case: every earlier attempt
passes at once, at its lowest cost, and all funding arrives.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from workbook.errors import Message, Money
from workbook.law import Economy, all_fail, payroll_cents, raced_rates
from workbook.luck import value_of
from workbook.plan import Milestone, Plan
from workbook.review.best_case import BestCase
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, name_of, remark


def spends_uncounted(plan: Plan) -> bool:
    """Whether a plan costs money, but has neither cash nor hours as its limit.

    >>> from workbook.plan import Plan
    >>> spends_uncounted(Plan(id="shop", goal="a", milestones=({"id": "a", "cost": 10},)))
    True
    """
    if plan.cash is not None or plan.counts_hours:
        return False
    paid = plan.burn_per_week > 0 or payroll_cents(plan.roles) > 0
    paid = paid or any(bill.amount > 0 for bill in plan.bills)
    return paid or any(value_of(m.cost, "least") > 0 for m in plan.attempted)


def check_cash_counted(plan: Plan) -> Iterator[Remark]:
    """Find a plan that spends money without stating its cash."""
    if spends_uncounted(plan):
        yield remark(
            None,
            "The plan costs money and gives no `cash`, so money is not counted here: nobody can run"
            " out of it, and the odds are those of endless cash. Write how much there is.",
        )


COSTLY = {"goal": "a", "milestones": [{"id": "a", "cost": 100}]}

CASH_COUNTED = Rule(
    id="cash-counted",
    claim="P9",
    title=Message("A plan that costs money says how much there is"),
    check=check_cash_counted,
    examples=(
        Example(COSTLY, finds=[None]),
        Example({"goal": "a", "burn_per_week": 5, "milestones": [{"id": "a"}]}, finds=[None]),
        Example(COSTLY | {"cash": 0}),
        Example(COSTLY | {"cash": 1000}),
        Example(COSTLY | {"hours_per_week": 10}),
        Example({"goal": "a", "milestones": [{"id": "a"}]}),
    ),
)


EVEN = 0.5


def attempts_paid(best: BestCase, milestone: Milestone) -> float:
    """Return the whole attempts that the cash pays in the best case; infinite without a limit."""
    weekly = best.weekly_loss(milestone.id)
    price = best.price_of(milestone)
    if weekly < 0 or price in (0, inf):
        return inf
    return max(0, best.cash_before(milestone.id, best.funders(milestone.id)) // price)


def runs_out(milestone: Milestone, paid: float) -> bool:
    """Whether the cash, and not the plan's own limit, ends the attempts more often than a pass."""
    if paid == inf or (milestone.attempts is not None and paid >= milestone.attempts):
        return False
    if milestone.tests is not None:  # attempted once; a redesign follows, not another attempt
        return paid < 1
    return all_fail(raced_rates(milestone), int(paid)) > EVEN


def check_paid_attempts(plan: Plan) -> Iterator[Remark]:
    """Find milestones whose attempts usually exhaust the cash; reported where it begins."""
    if plan.cash is None:
        return
    best, reported = BestCase.today(plan), set[str]()
    for milestone in best.plan.attempted:
        if reported & best.order.ancestors(milestone.id):
            continue
        paid = attempts_paid(best, milestone)
        if runs_out(milestone, paid):
            reported.add(milestone.id)
            yield _paid_attempts_said(milestone, int(paid))


def _paid_attempts_said(milestone: Milestone, paid: int) -> Remark:
    name = name_of(milestone)
    if paid == 0:
        return remark(
            milestone.id,
            "Even if all goes well before it, the cash does not pay for one attempt at"
            " “{milestone}”. Find the money first, or a smaller step.",
            milestone=name,
        )
    if paid == 1:
        return remark(
            milestone.id,
            "If all goes well before it, the cash pays for one attempt at “{milestone}”. By its"
            " pass rate that is more often too few than enough. Decide now what you do when it"
            " fails.",
            milestone=name,
        )
    return remark(
        milestone.id,
        "If all goes well before it, the cash pays for this many attempts at “{milestone}”: {paid}."
        " By its pass rate that is more often too few than enough. Decide now what you do when half"
        " of them are gone.",
        milestone=name,
        paid=paid,
    )


def _paid_attempts_plan(cash: float, **more: object) -> dict[str, object]:
    hard = {"id": "b", "needs": ["a"], "weeks": 2, "cost": 1_000, "pass_rate": 0.2, **more}
    first = {"id": "a", "cost": 500, "pass_rate": 0.9}
    return {"goal": "b", "cash": cash, "burn_per_week": 500, "milestones": [first, hard]}


PAID_ATTEMPTS = Rule(
    id="finite-cards",
    claim="P9",
    title=Message("The cash pays for enough attempts"),
    check=check_paid_attempts,
    # the first step costs 1,000 with its week, an attempt at the second 2,000: three or four
    examples=(
        Example(_paid_attempts_plan(8_999), finds=["b"]),
        Example(_paid_attempts_plan(2_999, pass_rate=0.9), finds=["b"]),
        Example(_paid_attempts_plan(50_000, pass_rate=0.0), finds=["b"]),
        Example(_paid_attempts_plan(9_000)),
        Example(_paid_attempts_plan(7_000, attempts=3)),
        Example(_paid_attempts_plan(5_000) | {"revenue_per_week": 600}),
        Example(_paid_attempts_plan(5_000) | {"due": [{"week": 3, "amount": 6_000}]}),
    ),
)


ELSEWHERE = {"team", "efficiency", "price"}
"""Stages whose own rules ask for the price, and the price itself."""


def raises_burn(plan: Plan, milestone: Milestone) -> bool:
    """Whether reaching it makes every later week more expensive than the first."""
    start = Economy.of(plan)
    after = start.after(milestone.gives)
    cost = after.burn_cents + after.average_bills_cents
    return cost > start.burn_cents + start.average_bills_cents


def _flexible_first(plan: Plan) -> Iterator[Remark]:
    """Find fixed costs that start while a price that the plan will test is still open."""
    order = Order(plan)
    for milestone in plan.attempted:
        series = milestone.stage == "production"
        if not series and (milestone.stage in ELSEWHERE or not raises_burn(plan, milestone)):
            continue
        price = next(order.unproved(milestone.id, {"price"}), None)
        if price is not None:
            yield _said(milestone, price, series=series)


def _said(milestone: Milestone, price: Milestone, *, series: bool) -> Remark:
    names = {"milestone": name_of(milestone), "price": name_of(price)}
    if series:
        return remark(
            milestone.id,
            "“{milestone}” fixes what is made while “{price}” is still open. Make few and by hand"
            " until you know at what price it sells.",
            **names,
        )
    return remark(
        milestone.id,
        "“{milestone}” raises the bill of every week while “{price}” is still open. Pay by the"
        " piece or by the day until you know at what price it sells.",
        **names,
    )


FLEXIBLE_FIRST = Rule(
    id="flexible-first",
    claim="R5",
    title=Message("Nothing is fixed while the price is open"),
    check=_flexible_first,
    examples=(
        Example(
            {
                "goal": "b",
                "teams": 2,
                "milestones": [
                    {"id": "a", "stage": "production"},
                    {"id": "p", "stage": "price"},
                    {"id": "b", "needs": ["a", "p"]},
                ],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "p",
                "burn_per_week": 500,
                "milestones": [
                    {"id": "a", "gives": {"burn_per_week": 900}},
                    {"id": "p", "stage": "price", "needs": ["a"]},
                ],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "b",
                "burn_per_week": 500,
                "milestones": [
                    {"id": "p", "stage": "price"},
                    {"id": "a", "stage": "production", "needs": ["p"]},
                    {"id": "b", "needs": ["a"], "gives": {"burn_per_week": 900}},
                ],
            }
        ),
        Example({"goal": "a", "milestones": [{"id": "a", "gives": {"burn_per_week": 900}}]}),
        Example(
            {
                "goal": "p",
                "roles": [{"id": "cook", "headcount": 0.0, "pay_per_month": 2600.0}],
                "milestones": [
                    {"id": "a", "gives": {"roles": {"cook": "+1"}}},
                    {"id": "p", "stage": "price", "needs": ["a"]},
                ],
            },
            finds=["a"],
        ),
    ),
)


def cost_of_return(best: BestCase, hypothesis: Milestone, milestone: Milestone) -> float:
    """Return the cents for the redesign and one more attempt at what relied on the hypothesis."""
    weekly = max(0, best.weekly_loss(milestone.id))
    return best.attempt(hypothesis).redesign_cents_at(weekly) + best.price_of(milestone)


def left_after_failing(best: BestCase, milestone: Milestone) -> float:
    """Return the cents left after a failed first attempt, in the best case before it."""
    there = best.cash_before(milestone.id, best.funders(milestone.id))
    return there - best.price_of(milestone)


def skipped_hypotheses(plan: Plan) -> Iterator[tuple[Milestone, Milestone]]:
    """Return milestones that rely on a skipped, possibly false hypothesis, with that hypothesis."""
    skipped = {m.id: m for m in plan.milestones if m.id in plan.skips}
    doubted = {id: m for id, m in skipped.items() if m.tests and m.tests.belief < 1}
    for milestone in plan.attempted:
        for id in milestone.relies_on:
            if id in doubted:
                yield milestone, doubted[id]


def _way_back(plan: Plan) -> Iterator[Remark]:
    """Find skipped hypotheses whose way back costs more than can be left."""
    if plan.cash is None:
        return
    best = BestCase(Order(plan))
    for milestone, hypothesis in skipped_hypotheses(plan):
        cost = cost_of_return(best, hypothesis, milestone)
        left = left_after_failing(best, milestone)
        if inf > cost > left and best.weekly_loss(milestone.id) >= 0:
            yield remark(
                hypothesis.id,
                "You skip “{hypothesis}”. If it is false, coming back for it at “{milestone}”"
                " costs at least {cost}, and at best {left} is left by then.",
                hypothesis=name_of(hypothesis),
                milestone=name_of(milestone),
                cost=Money(cost / 100, plan.currency),
                left=Money(max(0, left) / 100, plan.currency),
            )


def _bakery(cash: float, skips: list[str]) -> dict[str, object]:
    taste = {"tests": {"belief": 0.6, "redesign": {"weeks": 4, "cost": 3000}}}
    return {
        "goal": "shop",
        "cash": cash,
        "burn_per_week": 500,
        "skips": skips,
        "milestones": [
            {"id": "taste", "weeks": 2, "cost": 500, **taste},
            {"id": "shop", "weeks": 2, "cost": 2000, "relies_on": ["taste"]},
        ],
    }


WAY_BACK = Rule(
    id="way-back",
    claim="P10",
    title=Message("The cash left can carry you back to what you skipped"),
    check=_way_back,
    # the shop costs 3,000 with its weeks; returning costs 5,000 and 3,000 more
    examples=(
        Example(_bakery(10_999, ["taste"]), finds=["taste"]),
        Example(_bakery(11_000, ["taste"])),
        Example(_bakery(5_000, [])),
    ),
)
