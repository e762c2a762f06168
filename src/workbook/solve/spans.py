"""Every span of values that reaches a wanted chance, and the messages on what suffices.

If more is not always better the curve is evaluated at many points; between two that differ the
turning step is found by bisection. Spans that are entirely between two equal points are missed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10

from workbook.errors import N_, Message, Money
from workbook.outcomes import Outcomes
from workbook.plan import Milestone, Plan
from workbook.solve.required import SLACK, Bracket, Curve, Root, name_of, of_hundred, settled

LOOKS = 400
"""Runs of each first evaluation of a curve that must be simulated."""
DIP = 2.0
"""Standard errors below the wanted chance at which a curve counts as fallen."""


@dataclass
class Span:
    """Steps that all reach the chance; without `high`, all steps above, too.

    `error` is the standard error of its limiting end, in steps; 0 where exact.
    """

    low: int
    high: int | None = None
    error: float = 0.0

    def values(self, per: int, most: float | None) -> tuple[float, float | None]:
        """Return its ends as values of the figure, `most` if all larger values do."""
        return self.low / per, most if self.high is None else self.high / per


def spans(curve: Curve, wanted: float, places: Iterable[int]) -> list[Span]:
    """Return every span of steps that reach the chance, as far as these points show it."""
    found: list[Span] = []
    short, enough, reached = 0, 0, False
    steps = sorted(set(places))
    curve.play_all(steps)
    for step in steps:
        chance = curve.chance(step)
        if chance >= wanted - SLACK:
            if not reached:
                low, error = (step, 0.0) if step == 0 else _turn(curve, wanted, short, step)
                found.append(Span(low, None, error))
            enough, reached = step, True
        elif not reached or chance < wanted - DIP * curve.noise(wanted):
            if reached:
                found[-1].high, found[-1].error = _turn(curve, wanted, step, enough)
            short, reached = step, False
    return found


def falls(curve: Curve, wanted: float, places: Iterable[int]) -> bool:
    """Whether the curve falls below the chance somewhere after it has reached it.

    If it must be simulated few runs are used, and only a fall that is more than noise counts.
    """
    look = curve
    if curve.how == "simulated" and curve.runs > LOOKS:
        look = Curve(curve.at, curve.choices, LOOKS, curve.seed, "simulated")
    slack = max(SLACK, DIP * look.noise(wanted))
    reached, steps = False, sorted(set(places))
    look.play_all(steps)
    for step in steps:
        chance = look.chance(step)
        if reached and chance < wanted - slack:
            return True
        reached = reached or chance >= wanted - SLACK
    return False


def _turn(curve: Curve, wanted: float, short: int, enough: int) -> tuple[int, float]:
    """Return the last step that reaches it before one that does not, and its standard error."""
    way = 1 if enough > short else -1  # a curve that falls rises in the other direction
    ends = (way * short, way * enough, curve.chance(short), curve.chance(enough))
    between = Bracket(lambda step: curve.chance(way * step), wanted, *ends)
    found = settled(between, curve.noise(wanted))
    return way * found.step, found.error


ONE_UNIT = 100  # cents
NO_CASH = N_(
    "No cash is needed at the start: even without any, the goal is reached in {wanted} of 100 lives"
    " or more."
)
NO_CASH_TODAY = N_(
    "No cash is needed today: even without any, the goal is reached in {wanted} of 100 lives or"
    " more."
)
RATE_STEPS = 1_000


@dataclass(frozen=True)
class CashSentences:
    """The messages on cash, in cents; `begun`: for a plan under way, where it is needed today."""

    plan: Plan
    wanted: float
    begun: bool

    def least(self, found: Root) -> Message:
        """At least this much."""
        template = "To reach the goal in {wanted} of 100 lives, {cash} must be there at the start."
        noisy = found.error >= ONE_UNIT
        if found.step == 0:
            return Message(NO_CASH_TODAY if self.begun else NO_CASH, of_hundred(wanted=self.wanted))
        if self.begun and noisy:
            template = (
                "To reach the goal in {wanted} of 100 lives, {cash} must be there today, give or"
                " take {error}."
            )
        elif self.begun:
            template = "To reach the goal in {wanted} of 100 lives, {cash} must be there today."
        elif noisy:
            template = (
                "To reach the goal in {wanted} of 100 lives, {cash} must be there at the start,"
                " give or take {error}."
            )
        cash = Money(-(-found.step // ONE_UNIT), self.plan.currency)
        error = Money(_rounded(found.error / ONE_UNIT), self.plan.currency)
        return Message(template, {"cash": cash, "error": error, **of_hundred(wanted=self.wanted)})

    def only(self, spans: list[Span]) -> Message:
        """Exactly these amounts and no more."""
        template = (
            "The goal is reached in {wanted} of 100 lives with {ranges} at the start, and not with"
            " more."
        )
        if self.begun:
            template = (
                "The goal is reached in {wanted} of 100 lives with {ranges} today, and not with"
                " more."
            )
        return Message(template, {"ranges": self.ranges(spans), **of_hundred(wanted=self.wanted)})

    def beyond(self, best: Outcomes, step: int | None) -> Message:
        """No cash suffices; `step`: the best amount, if it is not the largest."""
        template = (
            "Cannot be reached: with all the cash in the world the goal is reached in {best} of"
            " 100 lives, not in {wanted}."
        )
        if step is not None:
            template = (
                "Cannot be reached: the goal is reached in {best} of 100 lives at best, with {cash}"
                " at the start, not in {wanted}."
            )
        values = of_hundred(best=best.fates["goal"], wanted=self.wanted)
        return Message(template, {"cash": self._money((step or 0) / ONE_UNIT), **values})

    def ranges(self, spans: list[Span]) -> list[Message]:
        """Amounts from the least to the most, in whole units inside the range."""
        ends = [(self._money(-(-s.low // ONE_UNIT)), s.high or s.low) for s in spans]
        ranges = [{"low": low, "high": self._money(high // ONE_UNIT)} for low, high in ends]
        return [Message("{low} to {high}", values) for values in ranges]

    def _money(self, units: float) -> Money:
        return Money(units, self.plan.currency)


@dataclass(frozen=True)
class RateSentences:
    """The messages on a pass rate, or a belief, in steps of a tenth of a point."""

    milestone: Milestone
    wanted: float

    def least(self, found: Root) -> Message:
        """At least this often."""
        template = (
            "To reach the goal in {wanted} of 100 lives, “{milestone}” must pass {rate} of 100"
            " attempts."
        )
        if self.milestone.tests:
            template = (
                "To reach the goal in {wanted} of 100 lives, “{milestone}” must be true in {rate}"
                " of 100."
            )
        return self._said(template, rate=found.step / RATE_STEPS)

    def only(self, spans: list[Span]) -> Message:
        """Exactly these rates and no more."""
        tested = self.milestone.tests is not None
        if len(spans) == 1 and spans[0].low == 0:
            template = (
                "To reach the goal in {wanted} of 100 lives, “{milestone}” may pass at most {rate}"
                " of 100 attempts."
            )
            if tested:
                template = (
                    "To reach the goal in {wanted} of 100 lives, “{milestone}” may be true in at"
                    " most {rate} of 100."
                )
            return self._said(template, rate=(spans[0].high or 0) / RATE_STEPS)
        template = (
            "To reach the goal in {wanted} of 100 lives, “{milestone}” must pass {ranges} of 100"
            " attempts."
        )
        if tested:
            template = (
                "To reach the goal in {wanted} of 100 lives, “{milestone}” must be true in {ranges}"
                " of 100."
            )
        said = self._said(template)
        return Message(said.template, {**said.values, "ranges": self.ranges(spans)})

    def beyond(self, best: Outcomes, step: int | None) -> Message:
        """No rate suffices; `step`: the best rate, if it is not 1."""
        template = (
            "Cannot be reached: were “{milestone}” certain, the goal would be reached in {best} of"
            " 100 lives, not in {wanted}."
        )
        if step is not None:
            template = (
                "Cannot be reached: the goal is reached in {best} of 100 lives at best, were"
                " “{milestone}” at {rate} of 100, not in {wanted}."
            )
        return self._said(template, best=best.fates["goal"], rate=(step or 0) / RATE_STEPS)

    def ranges(self, spans: list[Span]) -> list[Message]:
        """Rates from the least to the most, of 100."""
        ends = [(s.low, RATE_STEPS if s.high is None else s.high) for s in spans]
        shares = [of_hundred(low=a / RATE_STEPS, high=b / RATE_STEPS) for a, b in ends]
        return [Message("{low} to {high}", values) for values in shares]

    def _said(self, template: str, **shares: float) -> Message:
        values = of_hundred(wanted=self.wanted, **shares)
        return Message(template, {"milestone": name_of(self.milestone), **values})


def as_well(answer: Message, ranges: list[Message]) -> Message:
    """An answer, and what else would suffice."""
    template = "{answer} {ranges} would do as well, what lies between would not."
    return Message(template, {"answer": answer, "ranges": ranges})


def _rounded(error: float) -> float:
    """Round an error to one significant digit, two if the first is a 1."""
    if error <= 0:
        return 0.0
    digits = -floor(log10(error))
    return float(round(error, digits + int(error * 10.0**digits < 2)))
