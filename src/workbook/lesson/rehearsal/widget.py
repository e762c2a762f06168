"""The widget of a rehearsal: the kernel sends one screen as plain data, the page sends what was
chosen on it.
"""

from __future__ import annotations

from functools import cache

from anywidget import AnyWidget
from traitlets import Dict

from workbook.charts.description import css_variables
from workbook.front import SHARED, program, text_of

PACKAGE = "workbook.lesson.rehearsal"
PARTS = ("parts", "debrief", "passing", "rehearsal")
"""The modules of a rehearsal; `widget` makes a widget of it."""


@cache
def page() -> str:
    """Return the page's program, one ES module."""
    return program(SHARED, (PACKAGE, (*PARTS, "widget")))


@cache
def sheet() -> str:
    """Return the page's style sheet, with the colours of the pictures on a dark page."""
    own = text_of(PACKAGE, "rehearsal.css")
    return f'{own}body[data-jp-theme-light="false"] .wbr,.wbr-dark .wbr{{{css_variables("dark")}}}'


class Screen(AnyWidget):
    """The page's end of a rehearsal.

    Attributes
    ----------
    words
        The language and the labels that are the same on every screen: set once.
    board
        The screen to show, as `front/types.d.ts` describes it; `serial` rises with each.
    """

    _esm = page()
    _css = sheet()
    words = Dict().tag(sync=True)
    board = Dict().tag(sync=True)
