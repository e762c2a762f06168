"""A distribution that is exact only where its quantiles lie, for a part of the time and memory.

Quantiles of the cash in each week need the order of the entries around them, not of all: so all are
counted into a few hundred cells a week first, and only the cells in which a quantile lies are kept
entry by entry.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbook.exact.entries import Entries, box_around, places_in
from workbook.exact.mass import Floats, Stay
from workbook.exact.refusals import bound

MANY = 500_000
"""Entries from which on two looks at them are quicker than a sort of all."""
CELL_BITS = 8
"""A week has up to 2 to this power cells."""
NEAR = 1e-9
"""A quantile this close to the edge of a cell, as a share, is looked for on both sides."""


def near_quantiles(stays: Sequence[Stay[Entries]], grain: int, levels: Sequence[float]) -> Entries:
    """Return the sum of these at all their places, by week and cash, exact near the quantiles.

    Elsewhere a cell is one entry at the cell's least cash: sums up to a quantile are those of
    `Entries.met`, and so is the cash there.

    Raises
    ------
    NotExactError
        If there are too many entries.
    """
    stays = [stay for stay in stays if len(stay.mass.week)]
    count = sum(len(mass.week) * len(places) for mass, places in stays)
    if count < MANY:
        return Entries.met(stays, grain)
    bound(count)
    box = box_around(stays, grain)
    bits = max(0, box.width.bit_length() - CELL_BITS)
    cells_a_week = (box.width >> bits) + 1
    box = box._replace(width=cells_a_week << bits)  # so that a position has its cell in front
    sums = np.zeros((box.last - box.first + 1) * cells_a_week)
    for places, chance in places_in(box, stays):
        found = np.bincount(places >> bits, chance)
        sums[: len(found)] += found
    exact = _holding(sums.reshape(-1, cells_a_week), levels).ravel()
    coarse = (~exact & (sums != 0.0)).nonzero()[0]
    parts = [(coarse << bits, sums[coarse])]
    for places, chance in places_in(box, stays):
        kept = exact[places >> bits].nonzero()[0]
        parts.append((places[kept], chance[kept]))
    return Entries(*box.merged(parts, sum(len(places) for places, _ in parts)), grain)


def _holding(sums: Floats, levels: Sequence[float]) -> NDArray[np.bool_]:
    """Return which cells of each week may hold a quantile, (weeks, cells)."""
    rising = sums.cumsum(axis=1)
    found = np.zeros(sums.shape, dtype=bool)
    weeks = np.arange(len(sums))
    for level in levels:
        for share in (level - NEAR, level + NEAR):
            found[weeks, (rising >= share * rising[:, -1:]).argmax(axis=1)] = True
    return found
