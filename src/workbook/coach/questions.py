"""The decisions that a plan may bring, as forks: the engines know nothing else.

A fork of the plan has its options. A hypothesis that may be left untested has one more decision:
when work on it would start, leave it out. For a simulation each option becomes a fork of its own,
with the same conditions; a run takes at most one of them (`rollouts.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from workbook.plan import Fork, Option, Plan, When
from workbook.rehearsal.lived import at_any_time

SKIP = "skip"


@dataclass(frozen=True)
class Question:
    """A decision: its id, the fork with its conditions, and the milestone to leave out, if any.

    Option 0 of a question is to go on as written; option n is `fork.options[n - 1]`.
    """

    id: str
    fork: Fork
    skips: str | None = None

    @property
    def options(self) -> tuple[Option, ...]:
        """The options besides going on as written."""
        return self.fork.options

    @property
    def ways(self) -> int:
        """The number of answers."""
        return 1 + len(self.options)

    def parts(self) -> Iterator[Fork]:
        """Yield one fork per option, named by both."""
        for option in self.options:
            yield self.fork.model_copy(
                update={"id": f"{self.id}={option.id}", "options": (option,), "chosen": None}
            )


def questions_of(plan: Plan, skippable: Collection[str] = ()) -> tuple[Question, ...]:
    """Return the decisions to come: open forks in the plan's order, then what may be left out."""
    forks = [
        Question(fork.id, at_any_time(fork))
        for fork in plan.forks
        if fork.id not in plan.begun.opened
    ]
    left_out = [_leaving_out(m.id) for m in plan.attempted if m.id in skippable]
    return (*forks, *left_out)


def _leaving_out(id: str) -> Question:
    name = f"{SKIP}:{id}"
    option = Option(id="leave-out", skip=(id,))
    fork = Fork.model_construct(id=name, at=When(milestone=id), options=(option,), chosen=None)
    return Question(name, fork, skips=id)


def with_parts(plan: Plan, questions: Collection[Question]) -> tuple[Plan, dict[str, Option]]:
    """Return the plan with every option as a fork, and the option of each such fork."""
    parts = [part for question in questions for part in question.parts()]
    options = {part.id: part.options[0] for part in parts}
    split = plan.model_copy(update={"forks": tuple(parts)})
    return split.where(plan.begun), options
