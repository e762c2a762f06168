"""The parameters of a notebook, read from its cell tagged `parameters` without running it.

papermill passes on whatever it is given: an unknown name, text for a number, a name that is code.
So values are checked here, before a kernel starts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from workbook.amounts import read
from workbook.consistency import shown
from workbook.errors import InputError, Message, fault
from workbook.injected import Parameter, declared

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
    """The value that a text stands for; InputError if it has another type or is out of range."""
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
    if reading.choices and reading.trouble is not None:
        raise _refused(name, reading.trouble)
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
