"""Update beliefs from the facts of a log: tests answered, attempts passed or failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbook.law import doubted, learned_belief, place_of, raced_rates
from workbook.law.ranges import FIGURES, PAID, plain
from workbook.life.weeks import Weeks
from workbook.luck import Estimate, likely
from workbook.plan import SOLD, Gives, LogEntry, Milestone, Option


@dataclass
class Fact:
    """An attempt, or a redesign, whose end is logged."""

    milestone: str
    ends: int
    passed: bool
    begun: bool = False


class NoChance:
    """The past has no randomness; whether uncertain money came is shown by the counts."""

    def happens(self, kind: str, name: str, probability: float) -> bool:
        """Return False: nothing happens by chance."""
        return False

    def quantile(self, kind: str, name: str) -> float:
        """Return the median."""
        return 0.5


class Learning(Weeks):
    """A run in which facts replace random draws.

    Attributes
    ----------
    beliefs
        The chance that a hypothesis is true after the log, if the log says anything about it.
    explained
        By milestone, the number of failed attempts that are explained by an untrue hypothesis.
    sources
        The place of the range of a figure, None if it is known, where that is not its start.
    figures
        What was counted of figures, and out of how many, by the place of their range.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        self.beliefs: dict[str, float] = {}
        self.explained: dict[str, set[int]] = {}
        self.sources: dict[str, str | None] = {}
        self.figures: dict[str, list[tuple[float, float | None]]] = {}

    def off(self) -> dict[str, float]:
        """The past is not drawn: nothing is off its likely value."""
        return {}

    def factors(self) -> dict[str, float]:
        """Each week of the past was a likely one."""
        return {}

    def drawn(self, kind: str, id: str, estimate: Estimate) -> float:
        """Return the likely value: the past is not drawn."""
        return likely(estimate)

    def count(self, entry: LogEntry) -> None:
        """Note what was counted of a figure, for the range that it has in that week."""
        if entry.figure is None or entry.counted is None:
            return
        name = entry.figure.removeprefix("sales.")
        start = next((p for p in self.plan.ranges if p.startswith(f"{name}.")), place_of(name))
        path = self.sources.get(figure_name(name), start)
        if path is not None:
            self.figures.setdefault(path, []).append((entry.counted, entry.of))

    def receive(self, gives: Gives | None, kind: str, id: str) -> None:
        """Note which ranges figures have from now on."""
        super().receive(gives, kind, id)
        if gives is None:
            return
        given = f"milestones.{id}.gives." if kind == "funding" else None
        self.sources |= {name: given and given + name for name, _ in plain(gives)}
        self._know_bills(gives.bills)

    def take(self, fork: str) -> None:
        """Note which figures an option makes known."""
        option = self.forks[fork]
        super().take(fork)
        self.sources |= {name: None for name in FIGURES if _sets(option, name)}
        self._know_bills(option.bills)

    def _know_bills(self, changes: Mapping[str, float | str]) -> None:
        known = [id for id, change in changes.items() if not isinstance(change, str)]
        self.sources |= dict.fromkeys((f"bills.{id}" for id in known), None)

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


def figure_name(name: str) -> str:
    """Return the figure that a log names: `conversion`, `bills.rent`."""
    steps = name.split(".")
    return ".".join(steps[:2]) if steps[0] in PAID else name


def _sets(option: Option, name: str) -> bool:
    """Whether an option sets a figure to a number, which is known then."""
    holder = option.sales if name in SOLD else option
    change = None if holder is None else getattr(holder, name)
    return change is not None and not isinstance(change, str)
