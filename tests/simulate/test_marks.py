"""Rows of marks are sorted into kinds as NumPy sorts them, only sooner."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from workbook.simulate.marks import kinds_of_rows

ROWS = st.integers(1, 10).flatmap(
    lambda width: st.lists(st.lists(st.integers(-1, 1), min_size=width, max_size=width), min_size=1)
)


@pytest.mark.parametrize("kind", [np.int8, np.int64])
@given(rows=ROWS)
@examples(60)
def test_each_row_is_of_the_kind_that_is_equal_to_it(kind, rows):
    """No kind comes twice; a row that is not laid out in one piece is read all the same."""
    table = np.asfortranarray(np.array(rows, dtype=kind))
    kinds, of = kinds_of_rows(table)
    assert (kinds[of] == table).all()
    assert len(kinds) == len(np.unique(table, axis=0))
