"""The frame before the details: where it is used and by whom, before the product itself (R6)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import Plan, Stage
from workbook.review.order import Order, unproved_before
from workbook.review.rule import Example, Remark, Rule, name_of, remark

FRAME: frozenset[Stage] = frozenset({"opportunity", "demand", "scene", "category"})


def check(plan: Plan) -> Iterator[Remark]:
    """Find work on the kernel that may begin while a part of the frame has not been begun."""
    for milestone, frame in unproved_before(Order(plan), {"kernel"}, begun=FRAME):
        yield remark(
            milestone.id,
            "“{milestone}” works out details while “{frame}”, a part of the frame, is still open."
            " What it finds may make this work useless.",
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
        Example({"goal": "a", "milestones": [{"id": "a", "stage": "kernel"}]}),
    ),
)
