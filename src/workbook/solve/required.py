"""The question "how much would it take?", its answer, and the search for it.

The search finds where a rising curve reaches a wanted chance, with few plays and no false
precision. Without noise the least step is found. A simulated curve is known only to a standard
error, and so is the step: the search uses round steps of at most half that error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import floor, log10, sqrt
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from workbook.errors import NONE, InputError, Message, fault
from workbook.outcomes import Outcomes
from workbook.plan import Milestone, Plan, Text
from workbook.play import How, OnProgress, goal_error, no_progress, play, play_many

if TYPE_CHECKING:
    import pandas as pd


Quantity = Literal["cash", "pass_rate", "belief", "week"]
Choices = Mapping[str, str] | None
Ranges = tuple[tuple[float, float | None], ...]
Points = tuple[tuple[float, float], ...]
WANTED = 0.8
SLACK = 1e-9


class Estimate(NamedTuple):
    """A value of a figure, with its standard error (0: exact)."""

    value: float
    error: float = 0.0


@dataclass(frozen=True)
class Required:
    """The least value of one figure for a wanted chance of the goal.

    Attributes
    ----------
    quantity, milestone
        What is solved for: start cash (the plan's currency), a milestone's pass rate or belief
        (share), or the week by which the wanted share of runs reaches the goal.
    value, value_error
        The least value from which on all reach it; if too much does not, the least of all; None if
        none does. And its standard error, 0 where exact. A simulated value is rounded: the least
        multiple of a step below half its error that reaches the chance.
    reaches
        Every range of values that reaches it, as far as was checked: (from, to); to None if all
        larger values do. If more is not always better there are several, or the last one ends.
    now, chance_now
        The plan's own value (None without one) and its chance of the goal by its horizon.
    chance, error
        Chance of the goal at `value`, or the best possible, with its standard error (0: exact).
    curve
        Every point that was played, as (value, chance), sorted.
    message
        The answer in a sentence.
    """

    plan: str
    currency: str
    quantity: Quantity
    milestone: str | None
    wanted: float
    value: float | None
    value_error: float
    reaches: Ranges
    chance: float
    error: float
    now: float | None
    chance_now: float
    how: str
    runs: int
    seed: int | None
    curve: Points
    message: Message

    def as_json(self) -> dict[str, Any]:
        """Return plain data for `--json`."""
        return {**vars(self), "curve": [list(p) for p in self.curve], "message": str(self.message)}

    def frame(self) -> pd.DataFrame:
        """Return the curve, one row per play: `value` (currency, share or week) and `chance`."""
        import pandas as pd

        return pd.DataFrame(list(self.curve), columns=["value", "chance"])


MEDIAN_PLAYS = 8
"""How many plays a search takes, for its progress: half of it is done after so many."""


@dataclass
class Curve:
    """The chance of the goal as a function of one figure of the plan, in whole steps.

    All points come from one engine: if one of them must be simulated, all are. `per` is the number
    of steps per unit of the figure.
    """

    at: Callable[[int], Plan]
    choices: Choices
    runs: int
    seed: int
    how: How = "auto"
    per: int = 100
    on_progress: OnProgress = no_progress
    played: dict[int, Outcomes] = field(default_factory=dict)

    def outcomes(self, step: int) -> Outcomes:
        """Return the play at a step; cached."""
        if step not in self.played:
            self.played[step] = self._play(step)
            if self.how == "auto" and self.played[step].how == "simulated":
                self.how = "simulated"
                self.played = {old: self._play(old) for old in self.played}
        return self.played[step]

    def _play(self, step: int) -> Outcomes:
        self.on_progress(len(self.played) / (len(self.played) + MEDIAN_PLAYS))
        return play(self.at(step), self.choices, runs=self.runs, seed=self.seed, how=self.how)

    def play_all(self, steps: Iterable[int]) -> None:
        """Simulate the plays at all these steps in one pass, if they must be simulated."""
        new = [step for step in dict.fromkeys(steps) if step not in self.played]
        if self.how != "simulated" or len(new) < 2:
            return
        sides = [(self.at(step), self.choices) for step in new]
        plays = play_many(sides, runs=self.runs, seed=self.seed, how=self.how)
        self.played |= zip(new, plays, strict=True)

    def chance(self, step: int) -> float:
        """Return the chance of the goal at a step."""
        return self.outcomes(step).fates["goal"]

    def noise(self, chance: float) -> float:
        """Return the standard error of a chance on this curve; 0 if played exactly."""
        return sqrt(chance * (1 - chance) / self.runs) if self.how == "simulated" else 0.0

    def points(self) -> Points:
        """Return the points played, as (value, chance)."""
        return tuple((step / self.per, self.chance(step)) for step in sorted(self.played))


@dataclass(frozen=True)
class Question:
    """What is asked, of which plan, and the results of the plan itself."""

    plan: Plan
    base: Outcomes
    quantity: Quantity
    wanted: float
    milestone: Milestone | None = None

    @property
    def now(self) -> float | None:
        """The plan's own value of the figure."""
        if self.milestone is not None:
            tests = self.milestone.tests
            return tests.belief if tests else self.milestone.rates[0]
        return self.plan.cash if self.quantity == "cash" else float(self.plan.horizon_weeks)

    @property
    def most(self) -> float | None:
        """The largest value that the figure can have; None without a limit."""
        return 1.0 if self.milestone else None

    def answered(
        self, found: Outcomes, least: Estimate | None, message: Message, curve: Points
    ) -> Required:
        """Return the answer, with the play that found it; all above the least value reach it."""
        return Required(
            plan=self.plan.id,
            currency=self.plan.currency,
            quantity=self.quantity,
            milestone=self.milestone.id if self.milestone else None,
            wanted=self.wanted,
            value=least and whole_if_whole(least.value),
            value_error=least.error if least else 0.0,
            reaches=((least.value, self.most),) if least else (),
            chance=found.fates["goal"],
            error=goal_error(found),
            now=self.now,
            chance_now=self.base.fates["goal"],
            how=found.how,
            runs=found.runs,
            seed=found.seed,
            curve=curve,
            message=message,
        )


def check_wanted(plan: Plan, wanted: float) -> None:
    """Raise InputError if the chance is invalid."""
    if not 0 < wanted <= 1:
        template = "{found} is not a chance to aim for; write a number above 0, up to 1"
        raise InputError(plan.id, [fault("wanted", template, found=wanted)])


def attempted(plan: Plan, id: str) -> Milestone:
    """Return the milestone of that id; raise InputError if it is unknown or skipped."""
    known = {milestone.id: milestone for milestone in plan.attempted}
    if id not in known:
        template = "no milestone '{found}' is attempted; there are: {allowed}"
        allowed = ", ".join(known) or NONE
        raise InputError(plan.id, [fault("milestones", template, found=id, allowed=allowed)])
    return known[id]


def name_of(milestone: Milestone) -> Text:
    """Return the name for readers."""
    return milestone.name or milestone.id


def of_hundred(**shares: float) -> dict[str, object]:
    """Return shares as percentages to a tenth, never 0 or 100 for values only close to it."""
    return {name: _nearly(100 * share) for name, share in shares.items()}


def _nearly(hundredths: float) -> float:
    if 0 < hundredths < 0.05 or 99.95 < hundredths < 100:
        return round(hundredths, 3)
    return whole_if_whole(round(hundredths, 1))


def whole_if_whole(value: float) -> float:
    """Return 80.0 as 80, for sentences."""
    return int(value) if value == int(value) else value


NEAR = 6.0
"""Standard errors within which a curve counts as linear when its slope is estimated."""


@dataclass(frozen=True)
class Root:
    """The least multiple of `grain` steps that reaches the chance, and its standard error."""

    step: int
    grain: int = 1
    error: float = 0.0


@dataclass
class Bracket:
    """Two steps, the chance at each, and the curve between them, which rises through `wanted`."""

    curve: Callable[[int], float]
    wanted: float
    low: int
    high: int
    low_chance: float
    high_chance: float

    @property
    def rise(self) -> float:
        """Return the difference of the chances at both steps."""
        return self.high_chance - self.low_chance

    def narrow(self, rise: float = 0.0) -> None:
        """Narrow until no step is left in between, or until the difference is small enough.

        Cuts at the linear interpolation, and in the middle after a cut that removed less than half.
        """
        halve = False
        while self.high - self.low > 1 and self.rise > rise:
            width = self.high - self.low
            share = 0.5 if halve else (self.wanted - self.low_chance) / self.rise
            self._cut(min(self.high - 1, max(self.low + 1, self.low + round(share * width))))
            halve = self.high - self.low > width / 2

    def _cut(self, step: int) -> None:
        chance = self.curve(step)
        if chance >= self.wanted - SLACK:
            self.high, self.high_chance = step, chance
        else:
            self.low, self.low_chance = step, chance

    def coarser(self, grain: int) -> Bracket:
        """Return the bracket in multiples of this many steps."""
        low, high = self.low // grain, -(-self.high // grain)
        ends = low, high, self.low_chance, self.high_chance
        return Bracket(lambda step: self.curve(step * grain), self.wanted, *ends)


@dataclass(frozen=True)
class Guess:
    """An estimate of the root, and its standard error, both in steps."""

    step: int
    error: float = 0.0


def root(curve: Curve, wanted: float, high: int, guess: Guess | None = None) -> Root:
    """Find the least step from 0 to `high` that reaches the wanted chance; `high` reaches it.

    The error is the guess's, if less than the guess; else the noise divided by the slope there.
    """
    if curve.chance(0) >= wanted - SLACK:
        return Root(0)
    ends = (0, high) if guess is None else _around(curve, wanted, guess.step, high)
    between = Bracket(curve.chance, wanted, *ends, *(curve.chance(end) for end in ends))
    noise = curve.noise(wanted)
    known = guess if guess and noise > 0 and guess.error < guess.step else None
    return settled(between, noise, None if known is None else known.error)


def settled(between: Bracket, noise: float, error: float | None = None) -> Root:
    """Find the least step in a bracket that reaches the chance, no finer than its error.

    Without an error it is the noise divided by the curve's slope there.
    """
    if error is None:
        between.narrow(NEAR * noise)
        error = noise * (between.high - between.low) / between.rise
    if between.high - between.low == 1:
        return Root(between.high, 1, error)
    grain = round_step(error / 2)
    coarse = between.coarser(grain)
    coarse.narrow()
    step = coarse.high * grain
    if between.curve(step) < between.wanted - SLACK:  # a curve that falls somewhere
        step = between.high
    return Root(step, grain, error)


def round_step(most: float) -> int:
    """Return the largest of 1, 2, 5, 10, 20, 50, … that is not larger than this; at least 1."""
    most = max(1.0, most)
    ten = int(10 ** floor(log10(most)))
    return max(ten * digit for digit in (1, 2, 5) if ten * digit <= most)


def _around(curve: Curve, wanted: float, guess: int, high: int) -> tuple[int, int]:
    """Bracket the root, searching outwards from a guess."""
    low, stride = 0, max(1, guess // 50)
    step = guess = min(guess, high)
    up = curve.chance(guess) < wanted - SLACK
    while low < step < high and (curve.chance(step) < wanted - SLACK) == up:
        low, high = (step, high) if up else (low, step)
        step = guess + stride if up else guess - stride
        stride *= 4
    if low < step < high:
        return (low, step) if up else (step, high)
    return low, high
