"""How thoroughly a promise is tried: with all examples and cases, or with a few for the hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings

WHOLE = 100
"""The examples of a property that names no number, in the whole suite."""


def examples(most: int, **more: Any) -> settings:
    """Return settings for `most` examples in the whole suite, and for its share of them elsewhere.

    The share is that of the profile which is loaded, `--hypothesis-profile=hand` for `make quick`.
    """
    return settings(max_examples=max(1, round(most * share_tried())), **more)


def share_tried() -> float:
    """Return the share of examples that the profile which is loaded tries."""
    return settings.default.max_examples / WHOLE if settings.default else 1.0


def some(values: Iterable[Any], turn: int) -> list[Any]:
    """Return all values in the whole suite, its share of them elsewhere: others at each turn."""
    every = round(1 / share_tried())
    return list(values)[turn % every :: every]


def by_hand(cases: Iterable[Any], first: int = 1) -> list[Any]:
    """Return the cases of a parametrization, those after the `first` marked as `thorough`."""
    mark = pytest.mark.thorough
    return [case if n < first else pytest.param(case, marks=mark) for n, case in enumerate(cases)]
