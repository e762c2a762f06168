"""How many examples a property is tried with: all of them, or a fifth for the hand."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

WHOLE = 100
"""The examples of a property that names no number, in the whole suite."""


def examples(most: int, **more: Any) -> settings:
    """Return settings for `most` examples in the whole suite, and for its share of them elsewhere.

    The share is that of the profile which is loaded, `--hypothesis-profile=hand` for `make quick`.
    """
    share = settings.default.max_examples / WHOLE if settings.default else 1
    return settings(max_examples=max(1, round(most * share)), **more)
