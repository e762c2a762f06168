"""Luck looked up at once comes to what following it attempt by attempt does, to the last bit."""

from __future__ import annotations

from math import nextafter

from hypothesis import example, given
from hypothesis import strategies as st

from workbook.luck import after_failure, bars

RATES = st.lists(st.sampled_from([0.0, 0.1, 0.3, 1 / 3, 0.6, 0.97, 1.0]), min_size=1, max_size=8)


def failures(uniform: float, rates: list[float]) -> int:
    """How many attempts fail in a row, one after the other."""
    for number, rate in enumerate(rates):
        if uniform < rate or rate == 1.0:
            return number
        uniform = after_failure(uniform, rate)
    return len(rates)


@given(rates=RATES, uniform=st.floats(0.0, 1.0, exclude_max=True))
@example(rates=[0.0, 0.0], uniform=0.0)
def test_bars_tell_how_many_attempts_fail(rates, uniform):
    """At any uniform number, and at the last one before each bar and the first one on it."""
    found = bars(tuple(rates))
    edges = [edge for bar in found for edge in (nextafter(bar, 0.0), bar) if edge < 1.0]
    for at in (uniform, *edges):
        assert sum(at >= bar for bar in found) == failures(at, rates)
