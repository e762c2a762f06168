"""The parameters of a notebook, read from its cell tagged `parameters` without running anything.

papermill hands on whatever it is given: an unknown name, a text for a number, a name that is code.
So a value is refused here, before a kernel starts.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from workbook.consistency import shown
from workbook.errors import InputError, Message, fault

MOST_RUNS = 1_000_000
KINDS = {"int": int, "float": float, "str": str, "bool": bool}
BOUNDS: Mapping[str, tuple[int, int]] = {"runs": (1, MOST_RUNS), "seed": (0, 2**32)}
CHOICES: Mapping[str, tuple[str, ...]] = {"lang": ("en", "zh")}
FLAGS = {"true": True, "false": False}


@dataclass(frozen=True)
class Parameter:
    """A parameter: its name and the kind of its value, `int`, `float`, `str` or `bool`."""

    name: str
    kind: str


def parameters_of(notebook: Path) -> dict[str, Parameter]:
    """The parameters of a notebook, by name; none where no cell is tagged."""
    stat = notebook.stat()
    return dict(_read(notebook, stat.st_mtime_ns))


def _read(notebook: Path, _changed: int) -> Mapping[str, Parameter]:
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    found: dict[str, Parameter] = {}
    for cell in cells:
        if "parameters" in cell.get("metadata", {}).get("tags", ()):
            for statement in ast.parse("".join(cell["source"])).body:
                parameter = _parameter(statement)
                if parameter is not None:
                    found[parameter.name] = parameter
    return found


def _parameter(statement: ast.stmt) -> Parameter | None:
    """What a line such as `runs: int = 10000` declares."""
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        kind = ast.unparse(statement.annotation).strip("'\"")
        return Parameter(statement.target.id, kind if kind in KINDS else "str")
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        value = statement.value.value if isinstance(statement.value, ast.Constant) else ""
        kind = type(value).__name__
        return Parameter(statement.targets[0].id, kind if kind in KINDS else "str")
    return None


def value_of(parameter: Parameter, text: str) -> object:
    """The value that a text stands for; InputError where it is of another kind or out of range."""
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
    value = _number(text, KINDS[parameter.kind])
    least, most = BOUNDS.get(name, (None, None))
    if value is None or (least is not None and most is not None and not least <= value <= most):
        raise _refused(name, _not_in_range(parameter, found, least, most))
    return value


def choices_of(options: str) -> dict[str, str]:
    """The option taken at each fork, from `FORK=OPTION` pairs with commas between them."""
    pairs = [part.partition("=") for part in options.split(",") if part.strip()]
    if not all(fork.strip() and option.strip() for fork, _, option in pairs):
        template = "{found} is no option; write FORK=OPTION"
        raise InputError("options", [fault("options", template, found=shown(options))])
    return {fork.strip(): option.strip() for fork, _, option in pairs}


def _number(text: str, kind: type) -> float | None:
    try:
        value: float = int(re.sub(r"\.0*$", "", text)) if kind is int else float(text)
    except ValueError:
        return None
    return value if isfinite(value) and "_" not in text else None


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
