"""A hundred dots: as many for each fate as the sentences beside them say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbook.outcomes import FATES
from workbook.words import Words
from workbook.words.figures import of_a_hundred

WEIGHTS = st.lists(st.integers(0, 1000), min_size=4, max_size=4).filter(any)


@given(WEIGHTS)
def test_the_goal_has_as_many_dots_as_its_percent_says(weights):
    """No page tells 21 dots and 22%; together they are a hundred, none too few by two."""
    shares = {fate: weight / sum(weights) for fate, weight in zip(FATES, weights, strict=True)}
    dots = of_a_hundred(shares)
    assert sum(dots.values()) == 100
    assert all(abs(dots[fate] - 100 * shares[fate]) < 1.5 for fate in FATES)
    said = Words("en").percent(shares["goal"], 0.01)
    assert said in (f"{dots['goal']}%", "<1%", ">99%")
