"""The widget: one anywidget without a build step or a network.

Its page is written in modules (`../front/*.js`). A widget is one file, so they are concatenated
here without their imports. The kernel tells the page by traits, the page asks by messages, which
`Builder` answers.
"""

from __future__ import annotations

from functools import cache

from anywidget import AnyWidget
from traitlets import Dict

from workbook.charts.description import css_variables
from workbook.front import SHARED, program, text_of
from workbook.lesson.rehearsal.widget import PACKAGE as REHEARSAL
from workbook.lesson.rehearsal.widget import PARTS as REHEARSAL_PARTS
from workbook.lesson.rehearsal.widget import sheet as rehearsal_sheet

PARTS = (
    "buttons",
    "figures",
    "clipboard",
    "dates",
    "wire",
    "editing",
    "zoom",
    "canvas",
    "node",
    "place",
    "lines",
    "names",
    "gestures",
    "keys",
    "marks",
    "fields",
    "ranges",
    "cards",
    "inspector",
    "log",
    "forks",
    "answers",
    "start",
    "plans",
    "grid",
    "calendar",
    "actions",
    "menu",
    "terms",
    "tools",
    "rehearse",
    "share",
    "guide",
    "screen",
)


@cache
def page() -> str:
    """The page's program, one ES module: what its parts import is in it already."""
    return program(SHARED, (REHEARSAL, REHEARSAL_PARTS), ("workbook.builder", PARTS))


@cache
def sheet() -> str:
    """The page's style sheet, with the colours of the pictures on a dark page."""
    own = text_of("workbook.builder", "screen.css") + rehearsal_sheet()
    return f'{own}body[data-jp-theme-light="false"] .wbb,.wbb-dark .wbb{{{css_variables("dark")}}}'


class Screen(AnyWidget):
    """The page's end of the builder.

    Attributes
    ----------
    words
        The language, every sentence of the page, the form, the cases: set once.
    board
        The chain, the plan and what was just said; `serial` rises with each.
    heard
        By view, the number of the last order that was carried out.
    answers, advice, story, compared
        Pages to show, each with the `revision` of the plan that they are about.
    sources
        Where the figures of the first plan come from, by path.
    preview
        A start that was read and waits to be taken.
    shared
        The last file that was made to download: its name, media type and bytes in base64.
    plans
        The plans in the folder, once they were asked for.
    rehearsal
        The words and the screen of the rehearsal of this plan, once it was asked for.
    """

    _esm = page()
    _css = sheet()
    words = Dict().tag(sync=True)
    board = Dict().tag(sync=True)
    heard = Dict().tag(sync=True)
    answers = Dict().tag(sync=True)
    advice = Dict().tag(sync=True)
    story = Dict().tag(sync=True)
    compared = Dict().tag(sync=True)
    sources = Dict().tag(sync=True)
    preview = Dict().tag(sync=True)
    plans = Dict().tag(sync=True)
    rehearsal = Dict().tag(sync=True)
    shared = Dict().tag(sync=True)
