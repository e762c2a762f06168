"""Repeated attempts at one milestone: many stages that differ only in the number of failures.

Mass arrives at the milestone, tries, fails, tries again: each round has the same cost, length and
branches. So the number of possible attempts follows from week and cash alone, and all rounds are
propagated at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from workbook.exact.entries import Entries
from workbook.exact.mass import Ints
from workbook.exact.stages import Branch, Stage, Step
from workbook.exact.transitions import Transitions

FEW = 1e-15  # a share that need not be followed


@dataclass(frozen=True)
class Series:
    """Rounds with the same step. Money in cents.

    Attributes
    ----------
    step
        The first round's; the others differ only in their probabilities.
    wins
        The branches of passing, with their probabilities in each round.
    left
        Share of those who tried that is still trying at the start of round 0, 1, …; then what has
        failed in all of them.
    last
        The branch of the last failure; None if (almost) nothing fails that often.
    """

    step: Step
    wins: tuple[tuple[Branch, tuple[float, ...]], ...]
    left: tuple[float, ...]
    last: Branch | None

    @property
    def rounds(self) -> int:
        """The maximum number of attempts."""
        return len(self.left) - 1

    @property
    def gain(self) -> int:
        """The change of cash in a round."""
        return self.step.weeks * self.step.net - self.step.price

    def survived(self, mass: Entries, horizon: int, mortal: bool) -> Ints:
        """Return how many rounds each entry survives if it fails them all."""
        number = np.minimum((horizon - mass.week) // self.step.weeks, self.rounds)
        if mortal:
            worst = min(self.step.net, self.step.weeks * self.step.net)
            spare = mass.cash - (self.step.price - worst)
            able = self.rounds * (spare >= 0)
            if self.gain < 0:
                able = spare // -self.gain + 1
            number = np.minimum(number, able)
        return np.maximum(0, number)

    def begun(self, mass: Entries, number: Ints, left: Sequence[float]) -> Entries:
        """Return mass at the starts of rounds, each entry's own number of them."""
        return mass.in_rounds(number, self.step.weeks, self.gain, left)

    def moved(self, mass: Entries, rounds: int) -> Entries:
        """Shift it by this number of rounds."""
        return mass.moved(rounds * self.step.weeks, rounds * self.gain)


def series(transitions: Transitions, stage: Stage, mortal: bool) -> Series | None:
    """Return the repeated attempts that start at a stage; None if there are not two alike."""
    steps: list[Step] = []
    left, last = [1.0], None
    while left[-1] >= FEW and (step := _round(transitions, stage, mortal)):
        if steps and _terms(step) != _terms(steps[0]):
            break
        steps.append(step)
        last = next((branch for branch in step.branches if not branch.reached), None)
        left.append(left[-1] * last.chance if last else 0.0)
        if last is None or last.used_up or transitions.verdict(last.stage) is not None:
            break
        stage = last.stage
    if len(steps) < 2:
        return None
    last = last._replace(chance=1.0) if last and left[-1] >= FEW else None
    return Series(steps[0], tuple(_wins(steps)), tuple(left), last)


def _wins(steps: Sequence[Step]) -> Iterator[tuple[Branch, tuple[float, ...]]]:
    """Return the branches of passing, each with its probability in every round."""
    chances: dict[Branch, list[float]] = {}
    for number, step in enumerate(steps):
        for branch in step.branches:
            if branch.reached:
                each = chances.setdefault(branch._replace(chance=1.0), [0.0] * len(steps))
                each[number] = branch.chance
    for branch, each in chances.items():
        yield branch, tuple(each)


def _round(transitions: Transitions, stage: Stage, mortal: bool) -> Step | None:
    """Return the step of a stage if it is a plain attempt: one failure branch, to another stage."""
    if transitions.opening(stage) is not None:
        return None
    step = transitions.step(stage)
    lost = [branch for branch in step.branches if not branch.reached]
    saves = mortal and step.net > 0 and step.price > 0
    plain = step.attempt and not step.no_hours and not saves and len(lost) <= 1
    return step if plain and all(branch.stage != stage for branch in lost) else None


def _terms(step: Step) -> tuple[object, ...]:
    """Return everything in a step except its probabilities."""
    return step.milestone, step.price, step.weeks, step.net
