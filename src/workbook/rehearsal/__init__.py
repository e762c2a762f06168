"""Rehearse a plan: one life of it in which a person decides.

`rehearse` gives a `Position` with its legal moves; `Position.after` makes one and plays on, on the
luck of the seed, until the next decision. Law, luck and order of a week are those of `life`: the
moves of a fixed plan give the life that `life` tells, cent for cent. `moves` is a move and its
text, `lived` the life that stops for decisions, `position` what a player sees of it, `line` the
line of text that replays, `sentences` all of it in words.
"""

from __future__ import annotations

from workbook.rehearsal.legal import has_decisions
from workbook.rehearsal.line import read_moves
from workbook.rehearsal.lived import STOPPED, Lived, may_skip
from workbook.rehearsal.moves import Move
from workbook.rehearsal.position import Due, Forecast, Position, rehearse, replay

__all__ = [
    "STOPPED",
    "Due",
    "Forecast",
    "Lived",
    "Move",
    "Position",
    "has_decisions",
    "may_skip",
    "read_moves",
    "rehearse",
    "replay",
]
