"""Every life that a plan can have, one by one: a second way to the exact answer.

The life narrated week by week (`workbook.life`) asks for chance by calling; here each question is
answered both ways, one after the other, and the probability of the answers is multiplied up. It
shares nothing with the exact engine but the plan, and is hopeless for anything but small plans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workbook.life import Life, live
from workbook.outcomes import FATES
from workbook.plan import Plan


class TooManyLivesError(Exception):
    """The plan branches more often than a test should wait for."""


@dataclass
class Script:
    """Chance that follows given answers, then says yes, and remembers what it could have said."""

    answers: list[bool]
    probability: float = 1.0
    asked: int = 0
    other_ways: list[list[bool]] = field(default_factory=list)

    def happens(self, kind: str, name: str, probability: float) -> bool:
        """The scripted answer; certain events are no question."""
        if probability <= 0 or probability >= 1:
            return probability >= 1
        if self.asked == len(self.answers):
            self.other_ways.append([*self.answers, False])
            self.answers.append(True)
        answer = self.answers[self.asked]
        self.asked += 1
        self.probability *= probability if answer else 1 - probability
        return answer

    def quantile(self, kind: str, name: str) -> float:
        """There is no end of quantiles: plans with ranges cannot be enumerated."""
        raise AssertionError(f"a range was drawn: {kind} {name}")


def lives(
    plan: Plan, choices: Mapping[str, str] | None = None, most: int = 20_000
) -> Iterator[tuple[float, Life]]:
    """Each life that can be, with its probability; TooManyLivesError after `most` of them."""
    waiting: list[list[bool]] = [[]]
    reported = 0
    while waiting:
        script = Script(waiting.pop())
        life = live(plan, script, choices)
        waiting += script.other_ways
        reported += 1
        if reported > most:
            raise TooManyLivesError
        yield script.probability, life


@dataclass
class Tally:
    """Sums over all lives; the names are those of `Outcomes`."""

    fates: dict[str, float] = field(default_factory=lambda: dict.fromkeys(FATES, 0.0))
    reached: Counter = field(default_factory=Counter)
    reached_week: Counter = field(default_factory=Counter)
    attempts: Counter = field(default_factory=Counter)
    used_up: Counter = field(default_factory=Counter)
    died_here: Counter = field(default_factory=Counter)
    ruined_before: Counter = field(default_factory=Counter)
    fate_week: Counter = field(default_factory=Counter)
    cash: Counter = field(default_factory=Counter)
    put_in: Counter = field(default_factory=Counter)
    spend: float = 0.0
    goal_week: float = 0.0
    goal_cash: float = 0.0
    ruin_week: float = 0.0


def tally(plan: Plan, choices: Mapping[str, str] | None = None, most: int = 20_000) -> Tally:
    """The lives of a plan, summed up."""
    total = Tally()
    for chance, life in lives(plan, choices, most):
        total.fates[life.fate] += chance
        total.fate_week[life.fate, life.week] += chance
        total.spend += chance * life.spent
        for id, week in life.reached.items():
            total.reached[id] += chance
            total.reached_week[id, week] += chance
        for id, tries in life.attempts.items():
            total.attempts[id] += chance * tries
        for event in life.events:
            if event.happening == "used-up":
                total.used_up[event.about] += chance
        for id, outlay in put_in(plan, choices or {}, life).items():
            total.put_in[id, outlay] += chance
        add_ending(total, plan, chance, life)
    return total


def put_in(plan: Plan, choices: Mapping[str, str], life: Life) -> dict[str, int]:
    """For each milestone reached, the cents that had gone in by then."""
    options = {fork.id: {option.id: option for option in fork.options} for fork in plan.forks}
    came, found = plan.cash or 0.0, {}
    for event in life.events:
        if event.happening in ("cheque", "loan", "wait-over"):
            came += event.amount
        elif event.happening == "fork":
            came += float(options[event.about][choices[event.about]].cash or 0)
        elif event.happening == "passed":
            found[event.about] = max(0, round((came - event.cash) * 100))
    return found


def add_ending(total: Tally, plan: Plan, chance: float, life: Life) -> None:
    """How a life ended, and its cash by week until then."""
    if life.fate == "ruin":
        total.ruin_week += chance * life.week
        total.died_here[life.died_in] += chance
        for id in plan.ids:
            if id not in life.reached:
                total.ruined_before[id] += chance
    if life.fate == "goal":
        total.goal_week += chance * life.week
        total.goal_cash += chance * life.cash
    under_way = life.week + 1 if life.fate == "open" else life.week
    for week, cash in enumerate(life.cash_by_week[:under_way]):
        total.cash[week, round(cash * 100)] += chance
