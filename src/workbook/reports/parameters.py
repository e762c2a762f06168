"""Parameters of a notebook, and figures of a plan that a class list sets for one participant.

papermill passes on whatever it is given: an unknown name, text for a number, a name that is code.
So the cell tagged `parameters` is read without running it, and values are checked here, before a
kernel starts.

A column of a class list names a place in the plan: `cash`, `sales.price`, `milestones.taste.cost`.
The changed plan is checked as a plan file is.
"""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

from workbook import cases
from workbook.amounts import read
from workbook.cases.writing import data_of, rewritten
from workbook.cases.yaml_source import Table, parse
from workbook.consistency import Shape, faults_of, nearest, shape_of, shown
from workbook.consistency.shape import described
from workbook.edit import chosen
from workbook.errors import NONE, Fault, InputError, Message, fault
from workbook.injected import Parameter, declared
from workbook.plan import Plan

MOST_RUNS = 1_000_000
BOUNDS: Mapping[str, tuple[int, int]] = {"runs": (1, MOST_RUNS), "seed": (0, 2**32)}
CHOICES: Mapping[str, tuple[str, ...]] = {"lang": ("en", "zh")}
FLAGS = {"true": True, "false": False}


def parameters_of(notebook: Path) -> dict[str, Parameter]:
    """The parameters of a notebook by name; empty if no cell is tagged."""
    stat = notebook.stat()
    return dict(_read(notebook, stat.st_mtime_ns))


def _read(notebook: Path, _changed: int) -> Mapping[str, Parameter]:
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    found: dict[str, Parameter] = {}
    for cell in cells:
        if "parameters" in cell.get("metadata", {}).get("tags", ()):
            found |= declared("".join(cell["source"]))
    return found


def value_of(parameter: Parameter, text: str) -> object:
    """The value of a text; InputError if it has another type or is out of range."""
    name, found = parameter.name, shown(text)
    if parameter.kind == "str":
        allowed = CHOICES.get(name)
        if allowed and text not in allowed:
            template = "unknown word {found}; allowed here: {known}"
            raise _refused(name, Message(template, {"found": found, "known": ", ".join(allowed)}))
        return text
    if parameter.kind == "bool":
        if text.lower() not in FLAGS:
            template = "{found} is neither true nor false; write one of the two"
            raise _refused(name, Message(template, {"found": found}))
        return FLAGS[text.lower()]
    reading = read(text, "count" if parameter.kind == "int" else "number")
    if reading.choices and reading.problem is not None:
        raise _refused(name, reading.problem)
    value = reading.value
    least, most = BOUNDS.get(name, (None, None))
    fits = isinstance(value, (int, float)) and (
        least is None or most is None or least <= value <= most
    )
    if not fits:
        raise _refused(name, _not_in_range(parameter, found, least, most))
    return value


def choices_of(options: object) -> dict[str, str]:
    """The option taken at each fork.

    Parameters
    ----------
    options
        `"FORK=OPTION"` with commas between several, a list of such texts, or a mapping from forks
        to options, also as JSON; nothing at all takes none.

    Raises
    ------
    InputError
        If a fork or an option is not named.
    """
    options = _from_json(options)
    if isinstance(options, Mapping):
        pairs = [(str(fork), "=", str(option)) for fork, option in options.items()]
    else:
        parts = _listed(options)
        pairs = [part.partition("=") for part in parts if part.strip()]
    if not all(fork.strip() and option.strip() for fork, _, option in pairs):
        raise _no_option(options)
    return {fork.strip(): option.strip() for fork, _, option in pairs}


def _from_json(options: object) -> object:
    """Read a list or a mapping written as JSON, as a shell passes it."""
    if isinstance(options, str) and options.lstrip().startswith(("[", "{")):
        try:
            read: object = json.loads(options)
        except ValueError:
            raise _no_option(options) from None
        return read
    return options


def _listed(options: object) -> list[str]:
    """The texts `FORK=OPTION` in a text or in a list of texts."""
    if options is None:
        return []
    if isinstance(options, str):
        return options.split(",")
    if isinstance(options, (list, tuple)) and all(isinstance(part, str) for part in options):
        return [piece for part in options for piece in part.split(",")]
    raise _no_option(options)


def _no_option(found: object) -> InputError:
    template = "{found} is no option; write FORK=OPTION"
    return InputError("options", [fault("options", template, found=shown(found))])


def _not_in_range(parameter: Parameter, found: str, least: int | None, most: int | None) -> Message:
    if least is not None:
        template = "{found} is not a whole number from {least} to {most}"
        return Message(template, {"found": found, "least": least, "most": most})
    if parameter.kind == "int":
        template = "{found} is not a whole number; write one without a point"
        return Message(template, {"found": found})
    template = "{found} is not a number; write digits only, such as 3000 or 0.25"
    return Message(template, {"found": found})


def _refused(name: str, message: Message) -> InputError:
    return InputError(name, [fault(name, message.template, **message.values)])


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


def _there(folder: Path, source: str) -> bool:
    """Whether a file is there; no file has a name that the system refuses."""
    return os.path.exists(folder / source)  # noqa: PTH110  # a Path raises if the name is too long


@dataclass(frozen=True)
class Base:
    """The plan that a row changes: the case, and its text for a worker (None if it is shipped)."""

    case: cases.Case
    text: str | None

    @classmethod
    def of(cls, source: str, folder: Path) -> Self:
        """Read a plan file, relative to the class list or by its full path, or a shipped case."""
        if not _there(folder, source):
            source = source.replace("\\", "/")  # a class list written on Windows
        if not _there(folder, source) and not Path(source).suffix:
            if _there(folder, f"{source}.yaml") and source not in cases.known():
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
    known = ", ".join(names) or NONE
    return Message("this plan has no '{found}'; it has: {known}", {**values, "known": shown(known)})


def _column(path: str, heads: Mapping[str, object]) -> str:
    """The column that a fault is about: of this place, or of the one around it."""
    return next((head for head in heads if path == head or path.startswith(f"{head}.")), path)


def plan_text(text: str, changes: Mapping[str, object]) -> str:
    """The text of a plan with the figures of a row in it; comments and facts are kept."""
    case, tree = _read_override(text)
    data = case.plan.model_dump(mode="json", exclude_defaults=True)
    for head, value in changes.items():
        _put(data, head, value)
    after = data_of(case.using(Plan.model_validate(data)))
    return rewritten(text, tree, data_of(case), after)


@lru_cache(maxsize=8)
def _read_override(text: str) -> tuple[cases.Case, Table]:
    """A plan and its YAML tree, cached because many rows share one."""
    tree, _ = parse(text)
    assert tree is not None
    return cases.read_text(text), tree
