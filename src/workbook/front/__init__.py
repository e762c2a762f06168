"""What the widgets' pages have in common: the making of elements, the keyboard, one program.

    elements.js  elements with their attributes; pictures without anything that runs
    hotkeys.js   keys that stay in a widget and are no shortcuts of the notebook's
    panel_keys.js  a widget that shows nothing and keeps the keys of a lesson's panel

A widget's page is written in JavaScript modules and shipped as one: `program` joins them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files

IMPORT = re.compile(r"^import \{[^}]*\} from \"\.[./\w]*\.js\";\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
SHARED = ("workbook", ("elements", "hotkeys"))
"""The modules of this folder, for `program`."""


def program(*parts: tuple[str, Sequence[str]]) -> str:
    """Return modules of several packages as one ES module, their imports of each other removed.

    Parameters
    ----------
    parts
        Each a package and the names of its modules in `front`; what others use comes first.

    >>> print(program(SHARED).splitlines()[-1])
    }
    """
    texts = [text_of(package, f"{name}.js") for package, names in parts for name in names]
    return "\n".join(EXPORT.sub("", IMPORT.sub("", text)) for text in texts)


def text_of(package: str, name: str) -> str:
    """Return the text of a file in a package's `front`."""
    return files(package).joinpath("front", name).read_text("utf-8")
