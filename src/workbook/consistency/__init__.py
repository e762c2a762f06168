"""What must agree with what in a plan, and how its mistakes are told: all of them at once.

A plan can be wrong in two ways: a place holds what it may not hold (a chance of 30), or two places
contradict each other (a need that no milestone answers). Both are gathered here from plain data,
however broken it is, so that whoever wrote it mends everything in one go.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.consistency.disagreements import disagreements
from workbook.consistency.faults import Faults, Place, nearest
from workbook.consistency.options import option_faults
from workbook.consistency.place_reading import read_as, read_at
from workbook.consistency.references import chain_of, reference_faults
from workbook.consistency.shape import Shape, shape_of
from workbook.consistency.types import type_faults
from workbook.consistency.without_effect import without_effect
from workbook.errors import Fault, shown
from workbook.plan import Part, Plan

__all__ = [
    "Faults",
    "Place",
    "Shape",
    "faults_of",
    "nearest",
    "read_as",
    "read_at",
    "shape_of",
    "shown",
    "without_effect",
]


def faults_of(
    plan: Plan | Mapping[str, Any],
    *,
    model: type[Part] = Plan,
    lines: Mapping[Place, int] | None = None,
) -> list[Fault]:
    """Every fault of a plan, or of the plain data of one; empty when it can be played.

    Parameters
    ----------
    plan
        A plan, whose places are known to hold what they may; or a mapping with a plan's keys,
        as read from a file or built by hand, which may be faulty anywhere.
    model
        The type that the mapping should become: `Plan`, or one with more keys.
    lines
        Line of each place of the mapping, counted from 1, where it came from a file.
    """
    data = plan.model_dump(exclude_unset=True) if isinstance(plan, Plan) else plan
    faults = Faults(data, lines or {})
    if not isinstance(plan, Plan):
        type_faults(faults, model, data)
    chain = chain_of(data)
    reference_faults(faults, chain)
    disagreements(faults, chain)
    option_faults(faults, chain)
    return faults.in_order()
