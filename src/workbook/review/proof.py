"""Each milestone states the level to be delivered before it counts (P5).

The goal's own number is the subject of the rule about the goal before the path.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message
from workbook.plan import Plan
from workbook.review.rule import Example, Remark, Rule, has_level, name_of, remark


def check(plan: Plan) -> Iterator[Remark]:
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

RULE = Rule(
    id="proof",
    claim="P5",
    title=Message("Every milestone has a proof with a threshold"),
    check=check,
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
