"""Rules for a decision: small trees of thresholds on what the founder can see.

A rule names an option by its position, 0 for going on as written, and may ask for the cash, the
week, and the attempts made so far at the milestone that the decision is about. A tree is fitted to
runs that face the decision with the same luck once per option: each leaf takes the option that
reaches the goal most often (policy learning by trees: Athey & Wager 2021, "Policy learning with
observational data"; here the runs are paired, so no propensity is needed).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import Floats, Ints

Feature = Literal["cash", "week", "tries"]
FEATURES: tuple[Feature, ...] = ("cash", "week", "tries")
Seen = Mapping[Feature, Floats]
"""What is seen at a decision, by run; cash in the plan's currency."""

CUTS = 12
LEAST_SHARE = 0.05
CLEAR = 2.0
"""A split must gain this many standard errors, and leave this share of runs on each side."""


@dataclass(frozen=True)
class Split:
    """If the feature is below the threshold, `then`; else `other`."""

    feature: Feature
    below: float
    then: Rule
    other: Rule


Rule = int | Split


def choose(rule: Rule, seen: Seen) -> Ints:
    """Return the option that a rule takes in each run.

    >>> rule = Split("cash", 100.0, then=1, other=0)
    >>> choose(rule, {"cash": np.array([50.0, 150.0])}).tolist()
    [1, 0]
    """
    if isinstance(rule, int):
        return np.full(len(seen["cash"]), rule, dtype=np.int64)
    below = seen[rule.feature] < rule.below
    return np.where(below, choose(rule.then, seen), choose(rule.other, seen))


def leaves(rule: Rule) -> Iterator[int]:
    """Yield the options at the ends of a rule."""
    if isinstance(rule, int):
        yield rule
    else:
        yield from leaves(rule.then)
        yield from leaves(rule.other)


def fitted(seen: Seen, reached: NDArray[np.bool_], usual: int, depth: int = 2) -> Rule:
    """Return the rule of at most `depth` questions that reaches the goal most often.

    Parameters
    ----------
    seen
        What each run sees at the decision; arrays by run.
    reached
        Whether the run reaches the goal with each option; shape (runs, options).
    usual
        The option to keep unless another one is clearly better.
    """
    if not len(reached):
        return usual
    values = reached.astype(float)
    return _fitted(seen, values, usual, depth, len(values))


def _fitted(seen: Seen, values: Floats, usual: int, depth: int, runs: int) -> Rule:
    leaf = _best(values, usual)
    if depth == 0 or len(values) < 2 * LEAST_SHARE * runs:
        return leaf
    found: tuple[float, Rule] = (0.0, leaf)
    for feature, cut in _cuts(seen):
        below = seen[feature] < cut
        if min(below.sum(), (~below).sum()) < LEAST_SHARE * runs:
            continue
        then, other = _best(values[below], leaf), _best(values[~below], leaf)
        if then == other and depth == 1:
            continue
        gain = _gain(values, np.where(below, then, other), leaf)
        if gain > found[0]:
            found = (gain, Split(feature, cut, then, other))
    rule = found[1]
    if isinstance(rule, int):
        return rule
    below = seen[rule.feature] < rule.below
    parts = [
        _fitted({name: of[side] for name, of in seen.items()}, values[side], end, depth - 1, runs)
        for side, end in ((below, rule.then), (~below, rule.other))
        if isinstance(end, int)
    ]
    return parts[0] if parts[0] == parts[1] else Split(rule.feature, rule.below, *parts)


def _best(values: Floats, usual: int) -> int:
    """Return the option with the highest mean, or the usual one if none is clearly better."""
    best = int(values.mean(axis=0).argmax())
    return best if best != usual and _clear(values[:, best] - values[:, usual]) else usual


def _gain(values: Floats, taken: Ints, usual: int) -> float:
    """Return the mean gain over the usual option; 0 if it is not clear."""
    gains = values[np.arange(len(values)), taken] - values[:, usual]
    return float(gains.mean()) if _clear(gains) else 0.0


def _clear(gains: Floats) -> bool:
    if len(gains) < 2:
        return False
    return bool(gains.mean() > CLEAR * max(gains.std(), 1e-9) / np.sqrt(len(gains)))


def _cuts(seen: Seen) -> Iterator[tuple[Feature, float]]:
    """Yield thresholds between the quantiles of each feature, rounded to few digits."""
    for feature in FEATURES:
        values = seen[feature]
        found = np.quantile(values, np.linspace(0, 1, CUTS + 2)[1:-1])
        for cut in dict.fromkeys(_round(value, feature) for value in found.tolist()):
            if values.min() < cut <= values.max():
                yield feature, cut


def _round(value: float, feature: Feature) -> float:
    """Round up to what a founder remembers: whole weeks and tries, two digits of cash."""
    if feature != "cash" or value <= 0:
        return float(np.ceil(value))
    unit = 10.0 ** (np.floor(np.log10(value)) - 1)
    return float(np.ceil(value / unit) * unit)
