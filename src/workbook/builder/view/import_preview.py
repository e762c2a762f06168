"""A plan to start from, read and shown before it is taken: blank, a case, a file, a table.

In two steps, so that a slip loses nothing: the first reads and reports, every fault included; the
second puts it on the canvas. Undo brings the old chain back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from workbook.builder import imports
from workbook.builder.edits import MOST_ON_CANVAS
from workbook.builder.imports import Start
from workbook.builder.state import blank
from workbook.builder.view.pages import forks_in_words
from workbook.cases import Case
from workbook.consistency.faults import one_line
from workbook.errors import InputError, fault
from workbook.plan import Plan

if TYPE_CHECKING:
    from workbook.builder.view.controller import Builder

SUFFIXES = (".yaml", ".yml", ".json", ".csv", ".tsv", ".txt", ".xlsx")
MOST_BYTES = 2_000_000


class ImportPreview:
    """What was read last, for one builder."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._case: Case | None = None
        self._n = 0

    def read(self, detail: Mapping[str, Any]) -> None:
        """Read what is offered and tell the page what it is, or what is wrong with it."""
        ways: Mapping[str, Callable[[Mapping[str, Any]], Start]] = {
            "blank": lambda _: Start(Case(blank(self._builder.state.plan.id))),
            "case": lambda d: imports.read_case(str(d.get("id"))),
            "table": lambda d: imports.read_text(
                str(d.get("text") or ""), currency=self._builder.state.plan.currency
            ),
            "file": self._file,
        }
        self._case = None
        way = ways.get(str(detail.get("from")))
        if way is None:
            return
        try:
            found = way(detail)
        except InputError as error:
            self._tell(faults=self._builder.w.faults(error).splitlines()[:20])
            return
        self._case = found.case
        lines = [*self._lines(found.plan), *map(self._builder.w.message, found.notes)]
        self._tell(lines=lines, ready=len(found.plan.milestones) <= MOST_ON_CANVAS)

    def take(self, n: object) -> bool:
        """Put on the canvas what was offered under that number."""
        if self._case is None or n != self._n:
            return False
        state, case = self._builder.state, self._case
        plan = case.plan
        if plan.milestones:  # asked once in the dialog already
            done = state.import_(plan, case) or state.import_(plan, case)
        else:
            done = state.clear() or state.clear()
        self._case = None if done else case
        if done:
            self._tell(taken=True, blank=not plan.milestones)
        return done

    def _file(self, detail: Mapping[str, Any]) -> Start:
        """The plan of a file that the page sent: its bytes, and its name for the kind it is of."""
        name = Path(str(detail.get("name") or "plan.yaml")).name
        data = bytes(next(iter(detail.get("buffers") or []), b""))[:MOST_BYTES]
        suffix = Path(name).suffix.lower()
        if suffix not in SUFFIXES:
            template = "'{found}' files are not read; save it as one of: {allowed}"
            values = {"found": one_line(suffix)[:20] or "–", "allowed": ", ".join(SUFFIXES)}
            raise InputError(one_line(name)[:80], [fault("", template, **values)])
        with TemporaryDirectory() as folder:
            file = Path(folder) / f"plan{suffix}"
            file.write_bytes(data)
            try:
                return imports.read_file(file, self._builder.state.plan.currency)
            except InputError as error:
                raise InputError(name, error.faults) from None

    def _lines(self, plan: Plan) -> list[str]:
        w = self._builder.w
        if not plan.milestones:
            lines = [w("A blank page, and six questions that lead from the goal back.")]
        else:
            names = [w.name(milestone) for milestone in plan.milestones]
            lines = [
                *([w.text(plan.title)] if plan.title else []),
                w.n("{n} milestone: {names}", "{n} milestones: {names}", len(names), names=names),
                *forks_in_words(plan, w),
            ]
        if len(plan.milestones) > MOST_ON_CANVAS:
            values = {"n": len(plan.milestones), "most": MOST_ON_CANVAS}
            lines.append(w("That plan has {n} milestones; the canvas holds {most}.", **values))
        elif self._builder.state.plan.milestones:
            lines.append(w("It takes the place of your chain; undo brings yours back."))
        return lines

    def _tell(self, **what: Any) -> None:
        self._n += 1
        self._builder.screen.preview = {"n": self._n, **what}
