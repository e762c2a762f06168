"""The frame before the details: where and by whom it is used, before the product itself (R6).

The frame goes inwards, from the opportunity to the category (L2). Reaching one part includes the
parts outside it: with a proved demand the opportunity needs no judging first.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import Milestone, Plan, Stage
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, name_of, remark

FRAME: tuple[Stage, ...] = ("opportunity", "demand", "scene", "category")


def open_frame(order: Order, id: str) -> Milestone | None:
    """Return the first part of the frame, beyond those reached, still open when `id` starts."""
    reached = [FRAME.index(m.stage) for m in order.before(id) if m.stage in FRAME]
    inner = FRAME[max(reached, default=-1) + 1 :]
    return next(order.unbegun(id, inner), None)


def check(plan: Plan) -> Iterator[Remark]:
    """Find work on the kernel that may start before a part of the frame."""
    order, told = Order(plan), set[str]()
    for milestone in plan.attempted:
        if milestone.stage != "kernel" or told & order.ancestors(milestone.id):
            continue
        frame = open_frame(order, milestone.id)
        if frame is not None:
            told.add(milestone.id)
            yield remark(
                milestone.id,
                "“{milestone}” works out details while “{frame}”, a part of the frame, is still"
                " open. What is found there may make this work useless.",
                milestone=name_of(milestone),
                frame=name_of(frame),
            )


RULE = Rule(
    id="frame-first",
    claim="R6",
    title=Message("The frame stands before the details are worked out"),
    check=check,
    examples=(
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "stage": "kernel"},
                    {"id": "b", "stage": "demand", "needs": ["a"]},
                ],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "c",
                "milestones": [
                    {"id": "o", "stage": "opportunity"},
                    {"id": "a", "stage": "kernel", "needs": ["o"]},
                    {"id": "b", "stage": "kernel", "needs": ["a"]},
                    {"id": "c", "stage": "category", "needs": ["b"]},
                ],
            },
            finds=["a"],
        ),
        # demand may be asked for once more, at a later price
        Example(
            {
                "goal": "c",
                "milestones": [
                    {"id": "a", "stage": "demand"},
                    {"id": "b", "stage": "kernel", "needs": ["a"]},
                    {"id": "c", "stage": "demand", "needs": ["b"]},
                ],
            }
        ),
        # nor is an opportunity judged again after demand is proved
        Example(
            {
                "goal": "c",
                "milestones": [
                    {"id": "a", "stage": "demand"},
                    {"id": "b", "stage": "kernel", "needs": ["a"]},
                    {"id": "c", "stage": "opportunity", "needs": ["b"]},
                ],
            }
        ),
        Example({"goal": "a", "milestones": [{"id": "a", "stage": "kernel"}]}),
    ),
)
