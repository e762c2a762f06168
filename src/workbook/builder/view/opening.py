"""Open the builder: read the plan's file, show the screen."""

from __future__ import annotations

import re
from pathlib import Path

from workbook.builder.plan_store import PlanStore, plan_file
from workbook.builder.state import State, blank
from workbook.builder.view.controller import Builder
from workbook.errors import InputError, fault
from workbook.injected import accept
from workbook.lesson.panel import speak_plainly
from workbook.words import Words

NAME = re.compile(r"\w[\w-]{0,63}")
_open: dict[Path, Builder] = {}
"""The screen of each file in this kernel: opened again, the old one lets go of it."""


def open_builder(lang: str = "en", name: str = "my-chain") -> Builder:
    """Open the screen on which you build your own chain.

    Parameters
    ----------
    lang
        `en` or `zh`.
    name
        The plan's name: it is kept in `plans/<name>.yaml` with the rest of your work.

    Raises
    ------
    InputError
        An unknown language, or a name that no file can have.
    """
    speak_plainly(Words("en"))  # should the language itself be at fault
    w = Words(lang)
    speak_plainly(w)
    accept(w)
    if not NAME.fullmatch(str(name)):
        template = "'{found}' is no name for a plan; use letters, digits and hyphens, 64 at most"
        raise InputError("open_builder", [fault("name", template, found=str(name)[:80])])
    file = plan_file(name)
    if file in _open:
        _open.pop(file).close()
    store, plan = PlanStore.open(file, lambda: blank(name))
    _open[file] = Builder(w, State(plan, store.case), store)
    return _open[file]
