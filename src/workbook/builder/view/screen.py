"""The widget: one anywidget without a build step or a network.

Its page is written in modules (`../front/*.js`). A widget is one file, so they are concatenated
here without their imports. The kernel tells the page by traits, the page asks by messages, which
`Builder` answers.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from anywidget import AnyWidget
from traitlets import Dict

from workbook.charts.palette import css_variables

IMPORT = re.compile(r"^import \{[^}]*\} from \"\./\w+\.js\";\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)

PARTS = (
    "page",
    "figures",
    "wire",
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
    "inspector",
    "log",
    "forks",
    "answers",
    "start",
    "guide",
    "screen",
)


@cache
def page() -> str:
    """The page's program, one ES module: what its parts import stands in it already."""
    front = files("workbook.builder").joinpath("front")
    parts = (front.joinpath(f"{part}.js").read_text("utf-8") for part in PARTS)
    return "\n".join(EXPORT.sub("", IMPORT.sub("", part)) for part in parts)


@cache
def sheet() -> str:
    """The page's style sheet, with the colours of the pictures on a dark page."""
    own = files("workbook.builder").joinpath("front", "screen.css").read_text("utf-8")
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
        Where the figures of the plan that was begun with come from, by path.
    preview
        A start that was read and waits to be taken.
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
