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
    share = settings.default.max_examples / WHOLE if settings.default else 1
    return settings(max_examples=max(1, round(most * share)), **more)


def by_hand(cases: Iterable[Any], first: int = 1) -> list[Any]:
    """Return the cases of a parametrization, those after the `first` marked as `thorough`."""
    mark = pytest.mark.thorough
    return [case if n < first else pytest.param(case, marks=mark) for n, case in enumerate(cases)]
