"""Draws at chosen lives are those that drawing for every life gives, to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from workbook.luck import Streams, uniforms

NAMES = [("cost", "shop:0"), ("cost", "shop:1"), ("duration", "taste:7")]


@examples(40)
@given(st.integers(0, 2**63), st.integers(1, 700), st.randoms(use_true_random=False))
def test_chosen_draws_are_the_draws_of_all_lives(seed, lives, dice):
    """In any order, more than once, from several names in one call."""
    streams = Streams(seed, lives)
    numbers = [streams.add(*name) for name in NAMES]
    which = np.array([dice.randrange(len(NAMES)) for _ in range(50)])
    where = np.array([dice.randrange(lives) for _ in range(50)])
    whole = np.array([uniforms(seed, *name, lives) for name in NAMES])
    assert (streams.uniforms(np.array(numbers)[which], where) == whole[which, where]).all()


@pytest.mark.parametrize("lives", [1, 2, 3, 1024, 1025, 300_001])
def test_the_last_of_many_lives_has_its_draw(lives):
    """However far ahead."""
    streams = Streams(7, lives)
    number = streams.add("duration", "shop:3")
    last = np.array([0, lives // 2, lives - 1])
    found = streams.uniforms(np.full(3, number), last)
    assert (found == uniforms(7, "duration", "shop:3", lives)[last]).all()


def test_a_name_added_later_does_not_move_those_before():
    """Streams are numbered as they come."""
    streams = Streams(1, 10)
    first, lives = streams.add("cost", "a:0"), np.arange(10)
    before = streams.uniforms(np.full(10, first), lives)
    second = streams.add("cost", "b:0")
    assert (streams.uniforms(np.full(10, first), lives) == before).all()
    assert (streams.uniforms(np.full(10, second), lives) == uniforms(1, "cost", "b:0", 10)).all()
