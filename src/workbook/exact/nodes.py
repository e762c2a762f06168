"""Where probability waits to be carried on: a stage, and the money that is on its way there."""

from __future__ import annotations

from typing import NamedTuple

from workbook.exact.stages import Stage


class Due(NamedTuple):
    """Money due: in how many weeks, how many cents; a debt (below 0) is a bill."""

    weeks: int
    amount: int
    debt: bool


class Node(NamedTuple):
    """A stage with the money due and the payments received so far (cents).

    `noted`: whether the end of this week has been recorded already (a fork opened after it).
    """

    stage: Stage
    dues: tuple[Due, ...] = ()
    cheques: int = 0
    noted: bool = False

    @property
    def order(self) -> tuple[int, ...]:
        """A key that grows along every path to another node."""
        return (*self.stage.order, -sum(due.weeks for due in self.dues))

    @property
    def hopeful(self) -> bool:
        """Whether funding is due."""
        return any(not due.debt for due in self.dues)
