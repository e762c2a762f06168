"""Whether two results are equal to the last bit."""

from __future__ import annotations

import numpy as np


def alike(one: object, other: object) -> None:
    """Equal to the last bit: arrays with their types, NaN where the other is NaN."""
    assert type(one) is type(other)
    if isinstance(one, dict):
        assert list(one) == list(other)
        for key in one:
            alike(one[key], other[key])
    elif isinstance(one, np.ndarray):
        np.testing.assert_array_equal(one, other, strict=True)
    else:
        assert one == other
