"""Indices of 32 bits, as in a browser's Python, on a machine where they have 64."""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np

NARROW = np.dtype(np.int32)
INDICES = ("flatnonzero", "argsort", "lexsort", "searchsorted", "arange")


def narrow_indices(put: Callable[[object, str, object], None], refused_to: str = "") -> None:
    """`np.intp` has 32 bits, and `bincount` and `repeat` take what casts safely to it, as there.

    What numpy itself gives as an index is narrow there too.

    Parameters
    ----------
    put
        Sets an attribute, as `setattr` does.
    refused_to
        The package whose calls are refused; other packages here are built for wide indices.
    """
    bincount, repeat, unique = np.bincount, np.repeat, np.unique

    def taken(indices):
        found = np.asarray(indices)
        asking = sys._getframe(2).f_globals.get("__name__", "")
        if isinstance(indices, int) or found.size == 0 or not asking.startswith(refused_to):
            return indices
        if not np.can_cast(found.dtype, NARROW, "safe"):
            raise TypeError(f"Cannot cast array data from {found.dtype} to int32")
        return indices

    def as_index(give):
        def narrowed(*given, **how):
            found = give(*given, **how)
            wide = isinstance(found, np.ndarray) and found.dtype == np.int64
            return found.astype(NARROW) if wide and "dtype" not in how else found

        return narrowed

    def distinct(*given, **how):
        found = unique(*given, **how)
        if not isinstance(found, tuple):
            return found
        return (found[0], *(part.astype(NARROW) for part in found[1:]))

    put(np, "intp", np.int32)
    put(np, "bincount", lambda x, *more, **how: bincount(taken(x), *more, **how))
    put(np, "repeat", lambda a, n, **how: repeat(a, taken(n), **how))
    put(np, "unique", distinct)
    for name in INDICES:
        put(np, name, as_index(getattr(np, name)))
