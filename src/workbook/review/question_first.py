"""Answer a question before building on the answer (R2)."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import Plan
from workbook.review.order import Order
from workbook.review.rule import Example, Remark, Rule, can_fail, name_of, remark


def check(plan: Plan) -> Iterator[Remark]:
    """Find milestones that may start before what they rely on has been tested.

    Skipped tests are the subject of the rule about the way back.
    """
    order = Order(plan)
    for milestone in plan.attempted:
        for id in milestone.relies_on:
            question = order.milestones[id]
            asked = id in order.needs and can_fail(question)
            if asked and not order.is_before(id, milestone.id):
                yield remark(
                    milestone.id,
                    "“{milestone}” builds on the answer to “{question}” and may be begun before"
                    " the question is asked. Let it need “{question}”.",
                    milestone=name_of(milestone),
                    question=name_of(question),
                )


_QUESTION = {"id": "a", "tests": {"belief": 0.5}}

RULE = Rule(
    id="question-first",
    claim="R2",
    title=Message("A question is asked before anything builds on its answer"),
    check=check,
    examples=(
        Example(
            {"goal": "b", "teams": 2, "milestones": [_QUESTION, {"id": "b", "relies_on": ["a"]}]},
            finds=["b"],
        ),
        Example(
            {
                "goal": "c",
                "milestones": [
                    {"id": "b", "relies_on": ["a"]},
                    _QUESTION,
                    {"id": "c", "needs": ["a", "b"]},
                ],
            },
            finds=["b"],
        ),
        Example({"goal": "b", "milestones": [_QUESTION, {"id": "b", "relies_on": ["a"]}]}),
        Example(
            {
                "goal": "b",
                "teams": 2,
                "milestones": [_QUESTION, {"id": "b", "needs": ["a"], "relies_on": ["a"]}],
            }
        ),
        Example(
            {
                "goal": "b",
                "skips": ["a"],
                "milestones": [_QUESTION, {"id": "b", "relies_on": ["a"]}],
            }
        ),
    ),
)
