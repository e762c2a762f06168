"""The lesson's style sheet, carried by every panel.

JupyterLab takes cells out of the page while they are far off the screen, so a sheet that stood
in one cell would come and go: each panel brings its own copy.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from re import DOTALL, sub

from workbook.words import Words


@cache
def _sheet() -> str:
    css = files("workbook.lesson").joinpath("style.css").read_text("utf-8")
    return sub(r"\s+", " ", sub(r"/\*.*?\*/", "", css, flags=DOTALL)).strip()


def style(w: Words) -> str:
    """The style element, with the line that a panel shows when no kernel answers."""
    asleep = w("Run all cells to wake the controls.")
    return f"<style>{_sheet().replace('ASLEEP', asleep)}</style>"
