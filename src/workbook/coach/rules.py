"""Rules for a decision: small trees of thresholds on what the founder can see.

A rule names an option by its position, 0 for going on as written, and may ask for the cash, the
week, and the attempts made so far at the milestone that the decision is about. It is asked in every
week in which the conditions of the decision hold, until it names an option. It is readable and can
be followed by hand; `fitting` finds good ones by simulating them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from workbook.outcomes import Floats, Ints

Feature = Literal["cash", "week", "tries"]
FEATURES: tuple[Feature, ...] = ("cash", "week", "tries")
Seen = Mapping[Feature, Floats]
"""What is seen at a decision, by run; cash in the plan's currency."""

CUTS = 5


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


def leaf_at(rule: Rule, path: tuple[bool, ...]) -> Rule:
    """Return the part of a rule at the end of a path: True for `then`, False for `other`."""
    for side in path:
        assert isinstance(rule, Split)
        rule = rule.then if side else rule.other
    return rule


def replaced(rule: Rule, path: tuple[bool, ...], part: Rule) -> Rule:
    """Return the rule with another part at the end of a path."""
    if not path:
        return part
    assert isinstance(rule, Split)
    inner = replaced(leaf_at(rule, path[:1]), path[1:], part)
    then, other = (inner, rule.other) if path[0] else (rule.then, inner)
    return then if then == other else Split(rule.feature, rule.below, then, other)


def cuts(seen: Seen) -> Iterator[tuple[Feature, float]]:
    """Yield thresholds between the quantiles of each feature, in round figures."""
    for feature in FEATURES:
        values = seen[feature]
        if not len(values):
            continue
        found = np.quantile(values, np.linspace(0, 1, CUTS + 2)[1:-1])
        for cut in dict.fromkeys(_round(value, feature) for value in found.tolist()):
            if values.min() < cut <= values.max():
                yield feature, cut


def _round(value: float, feature: Feature) -> float:
    """Round up to what a founder remembers: whole weeks and tries, two digits of cash."""
    if feature != "cash" or value <= 0:
        return float(np.ceil(value + (feature != "cash") * 1e-9))
    unit = 10.0 ** (np.floor(np.log10(value)) - 1)
    return float(np.ceil(value / unit) * unit)
