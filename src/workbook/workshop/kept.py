"""What decisions of a class cost, kept in a file: a restart of the wall values none of them again.

The file only saves time. Its entries are named by the version of the workbook and by the line of
the rehearsal up to the decision, which ends with the mark of the plan, so that another version
starts again. A file that cannot be read or written does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import workbook
from workbook.files import write_whole

FILE = "decision-costs.json"
MOST_KEPT = 20_000
"""Decisions in the file; of more the first are dropped."""

Cost = tuple[str, float]
"""The best move instead, and what the decision cost of the chance of the goal (0 or less)."""


class Kept:
    """The costs of decisions by their lines; read on first use, written when some are added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._costs: dict[str, Cost] | None = None

    @property
    def file(self) -> Path:
        """Where they are."""
        return self.folder / FILE

    def get(self, line: str) -> Cost | None:
        """Return the cost of the last decision of a line, if it is known."""
        return self._read().get(line)

    def keep(self, costs: Iterable[tuple[str, Cost]]) -> None:
        """Add costs, and write the file under a temporary name first."""
        found = {**self._read(), **dict(costs)}
        self._costs = dict(list(found.items())[-MOST_KEPT:])
        data = {"version": workbook.__version__, "costs": self._costs}
        with suppress(OSError):
            write_whole(self.file, json.dumps(data).encode("utf-8"))

    def _read(self) -> dict[str, Cost]:
        if self._costs is None:
            self._costs = {}
            with suppress(OSError, ValueError, TypeError, AttributeError, LookupError):
                self._costs = _costs_of(json.loads(self.file.read_text(encoding="utf-8")))
        return self._costs


def _costs_of(data: Any) -> dict[str, Cost]:
    """Return the costs in the file's data; none of another version."""
    if data["version"] != workbook.__version__:
        return {}
    sound = (
        (line, (str(best), float(cost)))
        for line, (best, cost) in data["costs"].items()
        if -1.0 <= float(cost) <= 0.0
    )
    return dict(sound)
