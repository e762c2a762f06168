"""Rules about proof: a level to be delivered, a real chance to miss it, and an answer if missed.

The goal's own number is the subject of the rule about the goal before the path.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import Milestone, Plan
from workbook.review.rule import Example, Remark, Rule, can_fail, has_level, name_of, remark


def check_proof(plan: Plan) -> Iterator[Remark]:
    """Find milestones without a proof, or with a proof that no number can meet or miss."""
    for milestone in plan.attempted:
        proof, name = milestone.proof, name_of(milestone)
        if milestone.id == plan.goal or milestone.level is not None:
            continue
        if proof is None:
            yield remark(
                milestone.id,
                "“{milestone}” does not say what would prove it. Write a measure and the level"
                " it must meet.",
                milestone=name,
            )
        elif not has_level(milestone):
            yield remark(
                milestone.id,
                "“{milestone}” is measured by “{measure}” but no level is set. Write the number"
                " from which it counts as reached.",
                milestone=name,
                measure=proof.measure,
            )


_MEMBERS = {"of": "customers", "at_least": 50}

PROOF = Rule(
    id="proof",
    claim="P5",
    title=Message("Every milestone has a proof with a threshold"),
    check=check_proof,
    examples=(
        Example({"goal": "b", "milestones": [{"id": "a"}, {"id": "b"}]}, finds=["a"]),
        Example({"goal": "b", "milestones": [{"id": "a", "level": _MEMBERS}, {"id": "b"}]}),
        Example(
            {
                "goal": "breakeven",
                "milestones": [{"id": "a", "proof": {"measure": "buyers"}}],
            },
            finds=["a"],
        ),
        Example(
            {
                "goal": "b",
                "milestones": [
                    {"id": "a", "proof": {"measure": "buyers", "at_least": 5}},
                    {"id": "b", "proof": {"measure": "returns", "at_most": 2}},
                ],
            }
        ),
        Example(
            {
                "goal": "b",
                "skips": ["a"],
                "milestones": [
                    {"id": "a", "tests": {"belief": 0.5}},
                    {"id": "b", "proof": {"measure": "buyers", "at_least": 5}},
                ],
            }
        ),
    ),
)


def uncertain(milestone: Milestone) -> bool:
    """Whether anything about it is uncertain: passing, length, cost or funding."""
    ranges = (milestone.weeks, milestone.hours, milestone.cost)
    funding = milestone.gives.funding if milestone.gives else None
    return (
        can_fail(milestone)
        or any(isinstance(estimate, tuple) for estimate in ranges)
        or (funding is not None and funding.chance < 1)
    )


def check_cannot_fail(plan: Plan) -> Iterator[Remark]:
    """Find milestones that pass for certain, on time and at a known cost."""
    for milestone in plan.attempted:
        if not uncertain(milestone):
            yield remark(
                milestone.id,
                "Nothing can go wrong at “{milestone}”: it passes for sure, on time and at a known"
                " cost. If that is true it is a task; if not, give it a pass rate.",
                milestone=name_of(milestone),
            )


CANNOT_FAIL = Rule(
    id="cannot-fail",
    claim="P5",
    title=Message("Every milestone can be missed"),
    check=check_cannot_fail,
    examples=(
        Example({"goal": "a", "milestones": [{"id": "a"}]}, finds=["a"]),
        Example({"goal": "a", "milestones": [{"id": "a", "pass_rate": [1.0, 1.0]}]}, finds=["a"]),
        Example({"goal": "a", "milestones": [{"id": "a", "pass_rate": 0.9}]}),
        Example({"goal": "a", "milestones": [{"id": "a", "weeks": [1, 2, 9]}]}),
        Example({"goal": "a", "milestones": [{"id": "a", "tests": {"belief": 0.5}}]}),
        Example(
            {
                "goal": "a",
                "milestones": [
                    {"id": "a", "gives": {"funding": {"amount": 1000, "chance": 0.5}}},
                ],
            }
        ),
    ),
)


def check_if_missed(plan: Plan) -> Iterator[Remark]:
    """Find milestones that can be missed and do not say what happens then."""
    for milestone in plan.attempted:
        if can_fail(milestone) and not milestone.if_missed:
            yield remark(
                milestone.id,
                "“{milestone}” can be missed, and the plan does not say what you do then. Decide"
                " it now, while you are calm.",
                milestone=name_of(milestone),
            )


IF_MISSED = Rule(
    id="if-missed",
    claim="P10",
    title=Message("Every milestone that can be missed says what happens then"),
    check=check_if_missed,
    examples=(
        Example({"goal": "a", "milestones": [{"id": "a", "pass_rate": 0.5}]}, finds=["a"]),
        Example({"goal": "a", "milestones": [{"id": "a", "tests": {"belief": 0.9}}]}, finds=["a"]),
        Example({"goal": "a", "milestones": [{"id": "a", "pass_rate": 1.0}]}),
        Example({"goal": "a", "milestones": [{"id": "a", "pass_rate": 0.5, "if_missed": "stop"}]}),
    ),
)
