"""What lasts of the paths that have ended, which are put away while others go on."""

from __future__ import annotations

from copy import copy
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import Ints
from workbook.simulate.accounts import Accounts
from workbook.simulate.book import LIVING

RECORDED = (
    *("fate", "end_week", "cash_at_end", "spent", "died_in", "owing"),
    *("status", "tries", "reached_week", "cash_needed"),
)
LASTING = (*RECORDED, "variant", "label", "first", "count")
"""What is asked of paths that have ended."""
FEW = 256
"""Of so many paths none is put away."""


class Lasting(Accounts):
    """Paths, of which those that have ended are put away."""

    by_event: bool
    _living: Ints | None = None

    def begin_record(self) -> None:
        """Begin with nothing put away."""
        self._put_away: list[dict[str, NDArray[Any]]] = []

    def living(self) -> Ints:
        """The runs that have not ended."""
        if self._living is None:
            self._living = np.flatnonzero(self.fate == LIVING)
        return self._living

    def let_go(self) -> None:
        """Put away the paths that have ended where they are most: weeks pass in shorter arrays.

        From event to event that does not pay: there are few, and more paths from one to the next.
        """
        living = self.living()
        if self.by_event or self.size < FEW or 2 * len(living) > self.size:
            return
        gone = (self.fate != LIVING).nonzero()[0]
        self._put_away.append({name: getattr(self, name)[gone] for name in self._lasting()})
        self.only(living)

    def bring_back(self) -> None:
        """Let what lasts of all paths be there again, once all have ended; nothing is drawn now."""
        self.luck = {}
        if self._put_away:
            for name in self._lasting():
                parts = [there.pop(name) for there in self._put_away]
                setattr(self, name, np.concatenate([*parts, getattr(self, name)]))
            self._put_away = []
            self.size = self.rows = len(self.fate)

    def _lasting(self) -> tuple[str, ...]:
        return LASTING if self.share is None else (*LASTING, "share", "debt")

    def share_done(self) -> float:
        """Return the share of their weeks that the runs have passed, those that ended all."""
        living = self.living()
        left = 1.0 - self.now[living] / np.maximum(1, self.variants.horizon[self.variant[living]])
        return float(1.0 - (left * self.count[living]).sum() / len(self.run))

    def ended(self, paths: Ints) -> Self:
        """Return what every run has come to, each on one of these paths."""
        path, record = self.by_run(paths), copy(self)
        for name in RECORDED:
            setattr(record, name, getattr(self, name).take(path, axis=0))
        if self.share is not None and self.debt is not None:
            record.share, record.debt = self.share[path], self.debt[path]
        return record
