"""Rules about the order of stages: content before form, kernel before expansion, and so on.

Content before form (R10), the kernel before expansion (R7), the kernel and the price before
efficiency (R8), the business before the team (R11), achieving something before cutting (R4).
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.law import Economy
from workbook.plan import EXPANSION, Milestone, Plan
from workbook.review.order import Order, unproved_before
from workbook.review.rule import Example, Remark, Rule, name_of, remark


def check_content_first(plan: Plan) -> Iterator[Remark]:
    """Find a category that may be settled before its demand and scenes."""
    for milestone, content in unproved_before(Order(plan), {"category"}, begun={"demand", "scene"}):
        yield remark(
            milestone.id,
            "“{milestone}” gives the thing a form while “{content}” is still open. First find out"
            " what is needed; the name and the drawer follow from it.",
            milestone=name_of(milestone),
            content=name_of(content),
        )


CONTENT_FIRST = Rule(
    id="content-first",
    claim="R10",
    title=Message("The need is found before it is given a form"),
    check=check_content_first,
    examples=(
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "category"},
                    {"id": "b", "stage": "scene", "needs": ["a"]},
                ],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "c",
                "skips": ["a"],
                "milestones": [
                    {"id": "a", "stage": "demand"},
                    {"id": "b", "stage": "scene"},
                    {"id": "c", "stage": "category", "needs": ["a", "b"]},
                ],
            },
            finds=["c"],
        ),
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "scene"},
                    {"id": "b", "stage": "category", "needs": ["a"]},
                ],
            }
        ),
        Example({"goal": "a", "milestones": [{"id": "a", "stage": "category"}]}),
    ),
)


def check_kernel_first(plan: Plan) -> Iterator[Remark]:
    """Find production, channels or growth that may start before every kernel is proved."""
    for milestone, kernel in unproved_before(Order(plan), EXPANSION, {"kernel"}):
        yield remark(
            milestone.id,
            "“{milestone}” expands the business while the kernel “{kernel}” is not proved. What is"
            " weak at the kernel is multiplied by every customer you win.",
            milestone=name_of(milestone),
            kernel=name_of(kernel),
        )


KERNEL_FIRST = Rule(
    id="kernel-first",
    claim="R7",
    title=Message("The kernel is proved before anything expands"),
    check=check_kernel_first,
    examples=(
        Example(
            {
                "goal": "b",
                "milestones": [{"id": "b", "stage": "channel"}, {"id": "a", "stage": "kernel"}],
            },
            finds=["b"],
        ),
        Example(
            {
                "goal": "b",
                "skips": ["a"],
                "milestones": [
                    {"id": "a", "stage": "kernel"},
                    {"id": "b", "stage": "growth", "needs": ["a"]},
                ],
            },
            finds=["b"],
        ),
        Example(
            {
                "goal": "b",
                "teams": 2,
                "milestones": [{"id": "a", "stage": "kernel"}, {"id": "b", "stage": "channel"}],
            },
            finds=["b"],
        ),
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "kernel"},
                    {"id": "b", "stage": "production", "needs": ["a"]},
                ],
            }
        ),
        Example({"goal": "b", "milestones": [{"id": "b"}]}),
    ),
)


def check_efficiency_last(plan: Plan) -> Iterator[Remark]:
    """Find savings that may begin before the kernel and the price are proved."""
    for milestone, first in unproved_before(Order(plan), {"efficiency"}, {"kernel", "price"}):
        yield remark(
            milestone.id,
            "“{milestone}” saves effort before “{first}” is proved. Until people want it at that"
            " price, you polish something that may still change.",
            milestone=name_of(milestone),
            first=name_of(first),
        )


EFFICIENCY_LAST = Rule(
    id="efficiency-last",
    claim="R8",
    title=Message("Kernel and price are proved before efficiency"),
    check=check_efficiency_last,
    examples=(
        Example(
            {
                "goal": "b",
                "milestones": [{"id": "b", "stage": "efficiency"}, {"id": "a", "stage": "price"}],
            },
            finds=["b"],
        ),
        Example(
            {
                "goal": "c",
                "milestones": [
                    {"id": "a", "stage": "kernel"},
                    {"id": "b", "stage": "price", "needs": ["a"]},
                    {"id": "c", "stage": "efficiency", "needs": ["b"]},
                ],
            }
        ),
    ),
)


def check_business_first(plan: Plan) -> Iterator[Remark]:
    """Find a team that may be built before demand, kernels and prices are proved."""
    proved = unproved_before(Order(plan), {"team"}, {"kernel", "price"}, begun={"demand"})
    for milestone, business in proved:
        yield remark(
            milestone.id,
            "“{milestone}” builds a team while “{business}” is still open. Run the business"
            " through first, with the few you are; it will tell you whom it needs.",
            milestone=name_of(milestone),
            business=name_of(business),
        )


BUSINESS_FIRST = Rule(
    id="business-first",
    claim="R11",
    title=Message("The business is proved before a team is built"),
    check=check_business_first,
    examples=(
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "team"},
                    {"id": "b", "stage": "demand", "needs": ["a"]},
                ],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "c",
                "teams": 2,
                "milestones": [
                    {"id": "a", "stage": "kernel"},
                    {"id": "b", "stage": "team"},
                    {"id": "c", "needs": ["a", "b"]},
                ],
            },
            finds=["b"],
        ),
        Example(
            {
                "goal": "d",
                "milestones": [
                    {"id": "a", "stage": "demand"},
                    {"id": "b", "stage": "kernel", "needs": ["a"]},
                    {"id": "c", "stage": "team", "needs": ["b"]},
                    {"id": "d", "stage": "demand", "needs": ["c"]},
                ],
            }
        ),
        Example({"goal": "a", "milestones": [{"id": "a", "stage": "team"}]}),
    ),
)


def cuts(plan: Plan, milestone: Milestone) -> bool:
    """Whether reaching it reduces something: the burn, the running hours, the effort."""
    after = Economy.of(plan).after(milestone.gives)
    return (
        milestone.stage == "efficiency"
        or after.burn_per_week < plan.burn_per_week
        or after.average_bills_cents < Economy.of(plan).average_bills_cents
        or after.running_hours_per_week < plan.running_hours_per_week
    )


def cuts_too_early(plan: Plan) -> Iterator[Milestone]:
    """Return cuts preceded only by cuts; empty if the business already sells."""
    if Economy.of(plan).sales_cents:
        return
    order = Order(plan)
    reported = {found for found, _ in check_efficiency_last(plan)}
    cutting = {milestone.id: milestone for milestone in plan.attempted if cuts(plan, milestone)}
    for id in [id for id in cutting if id not in reported]:
        if all(other.id in cutting for other in order.before(id)):
            yield cutting[id]


def beginning_left_out(plan: Plan) -> Milestone | None:
    """Return the first skipped origin, if every origin is skipped and nothing relies on it."""
    relied = {id for milestone in plan.attempted for id in milestone.relies_on}
    first = [m for m in plan.milestones if not (m.needs or m.needs_any) and m.id != plan.goal]
    if first and all(m.id in plan.skips and m.necessary for m in first):
        return next((m for m in first if m.id not in relied), None)
    return None


def _add_first(plan: Plan) -> Iterator[Remark]:
    """Find cuts and skips before anything has been achieved."""
    for milestone in cuts_too_early(plan):
        yield remark(
            milestone.id,
            "“{milestone}” cuts before anything has been added. Win something first; then you see"
            " what can go.",
            milestone=name_of(milestone),
        )
    if left_out := beginning_left_out(plan):
        yield remark(
            left_out.id,
            "You leave out “{milestone}”, the first step, before anything has been won. What is not"
            " needed shows later.",
            milestone=name_of(left_out),
        )


ADD_FIRST = Rule(
    id="add-first",
    claim="R4",
    title=Message("Something is won before anything is cut"),
    check=_add_first,
    examples=(
        Example(
            {
                "goal": "b",
                "burn_per_week": 900,
                "milestones": [
                    {"id": "a", "gives": {"burn_per_week": 400}},
                    {"id": "b", "needs": ["a"]},
                ],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "b",
                "skips": ["a"],
                "milestones": [{"id": "a"}, {"id": "b", "needs": ["a"]}],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "b",
                "burn_per_week": 900,
                "milestones": [
                    {"id": "a"},
                    {"id": "b", "needs": ["a"], "gives": {"burn_per_week": 400}},
                ],
            }
        ),
        Example(
            {
                "goal": "a",
                "burn_per_week": 900,
                "revenue_per_week": 300,
                "milestones": [{"id": "a", "gives": {"burn_per_week": 400}}],
            }
        ),
        # reported by the rule about efficiency
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "efficiency"},
                    {"id": "b", "stage": "kernel", "needs": ["a"]},
                ],
            }
        ),
    ),
)
