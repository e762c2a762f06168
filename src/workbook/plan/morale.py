"""Morale: how failures in a row wear the people down, and how small wins lift them again.

An optional measure of a plan, from 0 to 100 points. The law says what it does in a week (`law`).
"""

from __future__ import annotations

from typing import Annotated

from workbook.errors import N_
from workbook.figures import Points, Slower
from workbook.plan.parts import Key, Part


class Morale(Part):
    """Morale in points: each failure lowers it, each milestone reached raises it (P1, P12)."""

    start: Annotated[
        Points,
        Key(
            label=N_("morale at the start"),
            ask=N_("Morale today"),
            help=N_("From 0 (nobody believes in it) to 100."),
            step=5,
            start=70,
            synonyms=("value", "now", "today", "起点"),
            example="70",
        ),
    ] = 70
    falls_by: Annotated[
        Points,
        Key(
            label=N_("points lost by a failure"),
            ask=N_("a failure takes"),
            help=N_("Each attempt or test that fails; several in a row add up."),
            step=5,
            start=15,
            synonyms=("falls", "failure", "loss", "下降"),
            example="15",
        ),
    ] = 15
    rises_by: Annotated[
        Points,
        Key(
            label=N_("points won by a milestone"),
            ask=N_("a milestone reached brings"),
            help=N_("Any proof that passes, however small."),
            step=5,
            start=20,
            synonyms=("rises", "success", "gain", "上升"),
            example="20",
        ),
    ] = 20
    low_below: Annotated[
        Points,
        Key(
            label=N_("morale is low below"),
            ask=N_("it is low below"),
            help=N_("An attempt that starts with less takes longer."),
            step=5,
            start=40,
            synonyms=("low", "threshold", "line", "警戒线"),
            example="40",
        ),
    ] = 40
    rounds_longer: Annotated[
        Slower,
        Key(
            label=N_("factor of the weeks while morale is low"),
            ask=N_("its weeks are then multiplied by"),
            help=N_("1.5 makes a round of four weeks one of six."),
            step=0.1,
            start=1.5,
            synonyms=("longer", "slower", "factor", "变慢"),
            example="1.5",
        ),
    ] = 1.5
