"""Exercises that ask for a number: an estimate, a sufficient value, a break-even value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import partial

from workbook.errors import Message
from workbook.lesson.comparisons import Plays
from workbook.lesson.kinds.levers import Lever, leak, pulled, reached
from workbook.lesson.markup import joined
from workbook.lesson.syllabus import FIELD, Answer, Exercise, Scale, Verdict
from workbook.play import EQUAL
from workbook.whatif import set_figure
from workbook.words import N_, Words


@dataclass(frozen=True)
class FindNumber(ABC):
    """A question with one number as the answer, in the unit of its scale."""

    id: str
    _: KW_ONLY
    scale: Scale
    question: str
    hints: tuple[str, ...]

    def __call__(self, plays: Plays, w: Words) -> Exercise:
        """Make the exercise for a plan and a language."""
        return Exercise(
            id=self.id,
            question=w(self.question, **self.placeholders(plays, w)),
            fields=(self.scale.field(w),),
            check=partial(self.check, plays, w),
            hints=tuple(w(hint) for hint in self.hints),
            solution=partial(self.solution, plays, w),
        )

    def check(self, plays: Plays, w: Words, answer: Answer) -> Verdict:
        """Judge the answer; one that cannot be read as a number is refused with its reason."""
        value = self.scale.read(answer, plays.plan.currency, w)
        if isinstance(value, Message):
            return Verdict(False, w.message(value))
        return self.judged(value, plays, w)

    def about(self, value: float, plays: Plays, w: Words) -> str:
        """Say a solution with its unit."""
        return w("About {value}.", value=self.scale.say(value, plays.plan.currency, w))

    def placeholders(self, plays: Plays, w: Words) -> Mapping[str, object]:
        """Return what fills the placeholders of the question."""
        return {}

    @abstractmethod
    def judged(self, value: float, plays: Plays, w: Words) -> Verdict:
        """Judge a number that could be read."""

    @abstractmethod
    def solution(self, plays: Plays, w: Words) -> tuple[Answer, str]:
        """Return a correct answer with an explanation."""


@dataclass(frozen=True, kw_only=True)
class Estimate(FindNumber):
    """Ask for what `truth` computes, in the scale's unit, with the tolerance `within`.

    `low` and `high` are the replies to a guess below and above it, `right` is shown once it is
    found. They do not reveal the number.
    """

    truth: Callable[[Plays], float]
    within: float
    low: str
    high: str
    right: str = ""

    def judged(self, value: float, plays: Plays, w: Words) -> Verdict:
        """Say on which side of the truth a guess is, or that it is close enough."""
        found = self.truth(plays)
        if abs(value - found) > self.within:
            side = w("Too low.") if value < found else w("Too high.")
            return Verdict(False, joined(side, w(self.low if value < found else self.high)))
        shown = self.scale.say(found, plays.plan.currency, w)
        said = w("Close enough: it is {value}.", value=shown)
        return Verdict(True, joined(said, w(self.right) if self.right else ""))

    def solution(self, plays: Plays, w: Words) -> tuple[Answer, str]:
        """Return the value on the scale that is closest to the truth."""
        found = min(self.scale.steps(), key=lambda value: abs(value - self.truth(plays)))
        said = joined(self.about(found, plays, w), w(self.right) if self.right else "")
        return {FIELD: found}, said


@dataclass(frozen=True, kw_only=True)
class Enough(FindNumber):
    """Ask for the value of the figure at `path` that brings the goal to `target`.

    Up to `target + slack` is just enough; beyond that a smaller value would do. `way` is what else
    is done; `falling` says that a larger value makes the goal less likely. The question may use
    `{target}`.
    """

    path: str
    way: Lever | None = None
    target: float = 0.8
    slack: float = 0.05
    falling: bool = False

    def placeholders(self, plays: Plays, w: Words) -> Mapping[str, object]:
        """Return the chance that is asked for."""
        return {"target": w.percent(self.target)}

    def judged(self, value: float, plays: Plays, w: Words) -> Verdict:
        """Play the plan with this value and compare the chance of the goal with the target."""
        plan = set_figure(plays.plan, self.path, self.scale.figure(value))
        outcomes = pulled(plays, (self.way or Lever(),), plan)
        goal = outcomes.fates["goal"]
        shown = {"goal": reached(outcomes, self.target, w)}
        if goal < self.target:
            more = w("try less") if self.falling else w("try more")
            template = "{goal} of lives reach the goal, fewer than asked for: {advice}."
            return Verdict(False, joined(w(template, advice=more, **shown), leak(outcomes, w)))
        if goal > self.target + self.slack:
            less = w("try more") if self.falling else w("try less")
            template = "{goal} of lives reach the goal, more than asked for: {advice}."
            return Verdict(False, w(template, advice=less, **shown))
        return Verdict(True, w("{goal} of lives reach the goal: just enough.", **shown))

    def solution(self, plays: Plays, w: Words) -> tuple[Answer, str]:
        """Return the first value on the scale, from its poor end, that is just enough."""
        steps = list(self.scale.steps())
        ordered = reversed(steps) if self.falling else iter(steps)
        right = (value for value in ordered if self.check(plays, w, {FIELD: value}).right)
        found = next(right, None)
        if found is None:
            return {}, w("With these figures nothing on this scale is just enough.")
        return {FIELD: found}, self.about(found, plays, w)


CLOSE = N_("Within {near} of each other ({gap}): here the figures no longer choose for you.")
ALL_ALONG = N_(
    "Within {near} of each other ({gap}), and so they are at both ends of the scale: with these "
    "figures this number does not decide."
)
HALVE = N_("Halve the range each time: the answer tells you which half.")


@dataclass(frozen=True, kw_only=True)
class Balance(FindNumber):
    """Ask for the value of the figure at `path` that makes `one` and `other` equally good.

    `other` is the option that gains as the figure grows. A difference below `near` (a share of
    runs) is close enough. The question may use the placeholders `{one}`, `{other}` and `{near}`.
    """

    path: str
    one: Lever
    other: Lever
    near: float = EQUAL

    def placeholders(self, plays: Plays, w: Words) -> Mapping[str, object]:
        """Return the names of both, and what counts as equal."""
        one, other = self._names(plays, w)
        return {"one": one, "other": other, "near": w.apart(self.near)}

    def _names(self, plays: Plays, w: Words) -> tuple[str, str]:
        return self.one.name(plays.plan, w), self.other.name(plays.plan, w)

    def lead(self, value: float, plays: Plays) -> float:
        """Return how far `other` is ahead of `one`."""
        plan = set_figure(plays.plan, self.path, self.scale.figure(value))
        ways = (pulled(plays, (way,), plan).fates["goal"] for way in (self.other, self.one))
        return next(ways) - next(ways)

    def judged(self, value: float, plays: Plays, w: Words) -> Verdict:
        """Play both with this value and say which is ahead, and by how much."""
        ahead, near = self.lead(value, plays), self.near
        said = {"gap": w.apart(ahead), "near": w.apart(near)}
        if abs(ahead) <= near:
            ends = (self.scale.least, self.scale.most)
            everywhere = all(abs(self.lead(end, plays)) <= near for end in ends)
            return Verdict(True, w(ALL_ALONG if everywhere else CLOSE, **said))
        one, other = self._names(plays, w)
        leader, advice = (other, w("try less")) if ahead > 0 else (one, w("try more"))
        template = "“{ahead}” is ahead by {gap}: {advice}."
        return Verdict(False, w(template, ahead=leader, advice=advice, gap=said["gap"]))

    def solution(self, plays: Plays, w: Words) -> tuple[Answer, str]:
        """Halve the scale until both are equally good."""
        steps, near = list(self.scale.steps()), self.near
        low, high = 0, len(steps) - 1
        while low < high and abs(self.lead(steps[low], plays)) > near:
            middle = (low + high) // 2
            behind = self.lead(steps[middle], plays) <= -near
            low, high = (middle + 1, high) if behind else (low, middle)
        found = steps[low]
        if abs(self.lead(found, plays)) > near:
            return {}, w("With these figures one of the two is ahead all along.")
        return {FIELD: found}, self.about(found, plays, w)
