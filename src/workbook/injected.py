"""The parameters that papermill injected into the running notebook.

papermill injects anything: an unknown name has no effect, and a value of the wrong type fails
somewhere inside. The injected cell follows the cell that declares the parameters; both are read
from the kernel's history, without running anything.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from workbook.amounts import read, written
from workbook.consistency import shown
from workbook.errors import Fault, InputError, Message, quoted
from workbook.words import Words
from workbook.words.figures import joined

KINDS: Mapping[str, type] = {"int": int, "float": float, "str": str, "bool": bool}
HEAD = "# Parameters"
"""The first line of the cell that papermill adds."""


@dataclass(frozen=True)
class Parameter:
    """A parameter: its name and its type, `int`, `float`, `str` or `bool`."""

    name: str
    kind: str


def declared(source: str) -> dict[str, Parameter]:
    """The parameters that a cell declares, by name.

    >>> declared("runs: int = 2000  # lives")["runs"].kind
    'int'
    """
    found = (_parameter(statement) for statement in ast.parse(source).body)
    return {parameter.name: parameter for parameter in found if parameter is not None}


def _parameter(statement: ast.stmt) -> Parameter | None:
    """Parse a line such as `runs: int = 10000`."""
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        kind = ast.unparse(statement.annotation).strip("'\"")
        return Parameter(statement.target.id, kind if kind in KINDS else "str")
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        value = statement.value.value if isinstance(statement.value, ast.Constant) else ""
        kind = type(value).__name__
        return Parameter(statement.targets[0].id, kind if kind in KINDS else "str")
    return None


@dataclass(frozen=True)
class Injected:
    """What a notebook declares, and the values that it was given instead.

    Attributes
    ----------
    parameters
        What the notebook's own cell declares, by name.
    values
        What papermill gave, by name.
    """

    parameters: Mapping[str, Parameter]
    values: Mapping[str, Any]

    @property
    def unused(self) -> tuple[str, ...]:
        """Names that were injected but are not declared."""
        return tuple(name for name in self.values if name not in self.parameters)

    def remark(self, w: Words) -> str:
        """What to say of parameters that were not used or can be meant otherwise; else empty."""
        sentences = []
        if self.unused:
            unused = w(
                "Not used, because this notebook has no such parameter: {names}. It has: {known}.",
                names=w.list(shown(name) for name in self.unused),
                known=w.list(self.parameters),
            )
            sentences.append(unused)
        for name, value in self._perhaps_thousands():
            doubt = w(
                "{name} is read as {value}; if you mean {other}, write it without a point.",
                name=name,
                value=value,
                other=value * 1000,
            )
            sentences.append(doubt)
        return joined([*sentences[:1], *(f" {sentence}" for sentence in sentences[1:])])

    def _perhaps_thousands(self) -> Iterator[tuple[str, int]]:
        """Whole numbers that came with a point: papermill makes 50.0 of a typed `50.000`."""
        for name, value in self.values.items():
            parameter = self.parameters.get(name)
            whole = isinstance(value, float) and value.is_integer()
            if parameter is not None and parameter.kind == "int" and whole and 0 < value < 1000:
                yield name, int(value)

    def check(self) -> None:
        """Raise InputError with every value of the wrong type."""
        given = {n: v for n, v in self.values.items() if n in self.parameters}
        wrong = {name: _wrong(self.parameters[name], value) for name, value in given.items()}
        faults = [Fault(name, message) for name, message in wrong.items() if message is not None]
        if faults:
            raise InputError("papermill -p", faults)


def injected() -> Injected:
    """Return what papermill injected into this kernel; empty outside of a kernel."""
    cells = _cells_run()
    for number, cell in enumerate(cells[1:], start=1):
        if cell.lstrip().startswith(HEAD) and (parameters := _declared(cells[number - 1])):
            return Injected(parameters, _values(cell))
    return Injected({}, {})


def _cells_run() -> list[str]:
    """The cells that this kernel has run, oldest first."""
    import sys

    if "IPython" not in sys.modules:
        return []
    from IPython import get_ipython

    shell: Any = get_ipython()
    return [cell for cell in shell.user_ns.get("In", ()) if cell.strip()] if shell else []


def _declared(cell: str) -> dict[str, Parameter]:
    try:
        return declared(cell)
    except SyntaxError:
        return {}


def _values(cell: str) -> dict[str, Any]:
    """Return the values that papermill's cell assigns: literals, and floats such as NaN."""
    values: dict[str, Any] = {}
    for statement in ast.parse(cell).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            try:
                value = ast.literal_eval(statement.value)
            except ValueError:  # float('nan')
                value = float("nan")
            values[statement.targets[0].id] = value
    return values


def _wrong(parameter: Parameter, value: object) -> Message | None:
    """Say what is wrong with a value of the wrong type."""
    gaps = {"found": shown(value)}
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    number = number and isfinite(value)  # type: ignore[arg-type]
    if parameter.kind == "str" and not isinstance(value, str):
        return Message(
            "{found} is not text; put it in quotes, and quotes again for the shell", gaps
        )
    if parameter.kind == "bool" and not isinstance(value, bool):
        return Message("{found} is neither true nor false; write one of the two", gaps)
    if parameter.kind in ("int", "float") and isinstance(value, str):
        return _meant(parameter, value)
    if parameter.kind == "int" and not (number and float(value).is_integer()):  # type: ignore[arg-type]
        return Message("{found} is not a whole number; write one without a point", gaps)
    if parameter.kind == "float" and not number:
        template = "{found} is not a number; write digits only, such as 3000 or 0.25"
        return Message(template, gaps)
    return None


def _meant(parameter: Parameter, text: str) -> Message:
    """What to say of text for a number: papermill takes numbers as Python writes them."""
    reading = read(text, "count" if parameter.kind == "int" else "number")
    if reading.problem is not None and not reading.choices:
        amount = read(text, "money")
        reading = reading if amount.problem is not None and not amount.choices else amount
    if isinstance(reading.value, (int, float)):
        template = "{found} is not a number; did you mean {known}?"
        return Message(template, {"found": quoted(text), "known": written(reading.value)})
    return reading.problem or Message("nothing is written here; write a figure")


def accept(w: Words) -> None:
    """Check what papermill gave, and show a sentence about what it gave in vain.

    Raises
    ------
    InputError
        With every value of another kind than its parameter.
    """
    given = injected()
    given.check()
    if remark := given.remark(w):
        from html import escape

        from IPython.display import display

        bundle = {"text/html": f"<p><strong>{escape(remark)}</strong></p>", "text/plain": remark}
        display(bundle, raw=True)  # type: ignore[no-untyped-call]
