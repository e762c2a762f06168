"""Figures of a plan that a class list sets for one participant, checked and applied.

A column names a place in the plan: `cash`, `sales.price`, `milestones.taste.cost`. The changed plan
is checked as a plan file is.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

from workbook import cases
from workbook.cases.rewriting import rewritten
from workbook.cases.writing import data_of
from workbook.cases.yaml_source import Table, parse
from workbook.consistency import Shape, faults_of, nearest, shape_of, shown
from workbook.consistency.described import described
from workbook.edit import chosen
from workbook.errors import Fault, InputError, Message, fault
from workbook.plan import Plan

SINGLE = [
    one
    for one in described(Plan)
    if (one.shape.number or one.shape.text) and one.shape.item is None
]
FIGURES = tuple(
    one.path
    for one in sorted(SINGLE, key=lambda one: not one.shape.number)
    if one.path not in ("plan", "id")
)
"""The figures of a plan outside its milestones, forks and measures."""

INSIDE = ("milestones", "forks", "measures")


def column_kind(head: str) -> Shape | None:
    """What a column of this name may hold; None if no plan has such a place."""
    steps = head.split(".")
    if head not in FIGURES and (len(steps) < 3 or steps[0] not in INSIDE or steps[-1] == "id"):
        return None
    shape = shape_of(Plan)
    for step in steps:
        shape = shape.child(0) if shape.item is not None else shape.child(step)
    return shape if shape.number or shape.text or shape.flag else None


@dataclass(frozen=True)
class Base:
    """The plan that a row changes: the case, and its text for a worker (None if it is shipped)."""

    case: cases.Case
    text: str | None

    @classmethod
    def of(cls, source: str, folder: Path) -> Self:
        """Read a plan file, relative to the class list or by its full path, or a shipped case."""
        if not (folder / source).exists():
            source = source.replace("\\", "/")  # a class list written on Windows
        if not (folder / source).exists() and not Path(source).suffix:
            if (folder / f"{source}.yaml").exists() and source not in cases.known():
                template = "there is no such file; did you mean '{known}'?"
                raise InputError(source, [fault("", template, known=shown(f"{source}.yaml"))])
            return cls(cases.load(source), None)
        case = cases.read(folder / source)
        return cls(case, case.text)

    @property
    def written(self) -> str:
        """The text of the plan."""
        return self.case.text or ""

    @cached_property
    def _data(self) -> dict[str, Any]:
        return self.case.plan.model_dump(mode="json", exclude_defaults=True)

    def faults_with(self, values: Mapping[str, object]) -> list[Fault]:
        """Faults of the plan with these values in it, by path."""
        faults: list[Fault] = []
        data = copy.deepcopy(self._data)
        for path, value in values.items():
            if (problem := _put(data, path, value)) is not None:
                faults.append(Fault(path, problem))
        if values:
            faults += [Fault(_column(f.path, values), f.message) for f in faults_of(data)]
        return faults

    def with_options(self, text: str) -> tuple[str, list[Fault]]:
        """The options that a cell names (`FORK=OPTION; …`), as the notebook takes them."""
        pairs = [part.partition("=") for part in re.split(r"[;,，；]", text) if part.strip()]
        if not all(fork.strip() and option.strip() for fork, _, option in pairs):
            template = "{found} is no option; write FORK=OPTION"
            return "", [fault("option", template, found=shown(text))]
        choices = {fork.strip(): option.strip() for fork, _, option in pairs}
        try:
            chosen(self.case.plan, choices)
        except InputError as error:
            return "", [Fault("option", found.message) for found in error.faults]
        return ",".join(f"{fork}={option}" for fork, option in choices.items()), []


def _put(data: dict[str, Any], head: str, value: object) -> Message | None:
    """Put a value into a plan's data; a message if there is no such place."""
    *steps, last = head.split(".")
    inside: Any = data
    for n, step in enumerate(steps):
        if isinstance(inside, list):
            found = next((part for part in inside if part.get("id") == step), None)
        else:
            found = inside.get(step)
            if found is None and n == 0 and step == "sales":
                found = inside.setdefault(step, {})
        if found is None:
            return _nowhere(step, inside)
        inside = found
    inside[last] = value
    return None


def _nowhere(step: str, inside: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Message:
    names = list(inside) if isinstance(inside, Mapping) else [str(p.get("id")) for p in inside]
    values = {"found": shown(step)}
    if near := nearest(step, names):
        return Message(
            "this plan has no '{found}'; did you mean '{known}'?", {**values, "known": near}
        )
    known = ", ".join(names) or "-"
    return Message("this plan has no '{found}'; it has: {known}", {**values, "known": shown(known)})


def _column(path: str, heads: Mapping[str, object]) -> str:
    """The column that a fault is about: of this place, or of the one around it."""
    return next((head for head in heads if path == head or path.startswith(f"{head}.")), path)


def plan_text(text: str, changes: Mapping[str, object]) -> str:
    """The text of a plan with the figures of a row in it; comments and facts are kept."""
    case, tree = _read(text)
    data = case.plan.model_dump(mode="json", exclude_defaults=True)
    for head, value in changes.items():
        _put(data, head, value)
    after = data_of(case.using(Plan.model_validate(data)))
    return rewritten(text, tree, data_of(case), after)


@lru_cache(maxsize=8)
def _read(text: str) -> tuple[cases.Case, Table]:
    """A plan and its YAML tree, cached because many rows share one."""
    tree, _ = parse(text)
    assert tree is not None
    return cases.read_text(text), tree
