"""Update beliefs from the facts of a log: tests answered, attempts passed or failed."""

from __future__ import annotations

from workbook.law import doubted, learned_belief, raced_rates
from workbook.life.weeks import Weeks
from workbook.plan import Milestone


class Learning(Weeks):
    """A run in which facts replace random draws.

    Attributes
    ----------
    beliefs
        The chance that a hypothesis is true after the log, if the log says anything about it.
    explained
        By milestone, the number of failed attempts that are explained by an untrue hypothesis.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        self.beliefs: dict[str, float] = {}
        self.explained: dict[str, set[int]] = {}

    def fail(self, milestone: Milestone) -> None:
        """Record a failed test, which requires a redesign, or a failed attempt."""
        id = milestone.id
        made = self.attempts[id] = self.attempts.get(id, 0) + 1
        self.note("failed", id)
        rate = raced_rates(milestone)[min(made, len(raced_rates(milestone))) - 1]
        for relied in milestone.relies_on:
            self.know(relied, doubted(self.belief(relied), rate))
            if self.belief(relied) <= 0:
                self.untrue.add(relied)
                self.explained[id] = {*self.explained.get(id, set()), made}
        if milestone.tests:
            self.refuted.add(id)
            self.know(id, self.answered(id, said_yes=False))
        elif milestone.attempts is not None and made >= milestone.attempts:
            self.used_up.add(id)

    def belief(self, id: str) -> float:
        """Return the chance that a hypothesis is true, given everything logged."""
        return self.beliefs.get(id, self.task(id).hypothesis.belief)

    def answered(self, id: str, *, said_yes: bool) -> float:
        """Return the same after its test has answered."""
        tests = self.task(id).hypothesis.model_copy(update={"belief": self.belief(id)})
        return learned_belief(tests, said_yes=said_yes)

    def know(self, id: str, belief: float) -> None:
        """Update a belief."""
        self.beliefs[id] = belief
        if belief >= 1:
            self.untrue.discard(id)

    def mend(self, id: str) -> None:
        """Record a finished redesign."""
        super().mend(id)
        self.beliefs[id] = 1.0
