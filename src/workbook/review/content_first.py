"""Content before form: what people need comes before its name and category (R10)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import Plan
from workbook.review.order import Order, unproved_before
from workbook.review.rule import Example, Remark, Rule, name_of, remark


def check(plan: Plan) -> Iterator[Remark]:
    """Find a category that may be settled before its demand and scenes."""
    for milestone, content in unproved_before(Order(plan), {"category"}, begun={"demand", "scene"}):
        yield remark(
            milestone.id,
            "“{milestone}” gives the thing a form while “{content}” is still open. First find out"
            " what is needed; the name and the drawer follow from it.",
            milestone=name_of(milestone),
            content=name_of(content),
        )


RULE = Rule(
    id="content-first",
    claim="R10",
    title=Message("The need is found before it is given a form"),
    check=check,
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
