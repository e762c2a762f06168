"""Checks that the parts of a plan agree, and reports all its mistakes at once.

A plan can be wrong in two ways: a value is not allowed at its place (a chance of 30), or two values
contradict each other (a need for an unknown milestone). Both are collected here from plain data,
however broken it is, so that the author can fix everything in one go.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.consistency.disagreements import disagreements, option_faults, without_effect
from workbook.consistency.faults import Faults, Place, nearest
from workbook.consistency.impossible import impossible
from workbook.consistency.references import chain_of, reference_faults
from workbook.consistency.shape import Shape, read_as, read_at, shape_of
from workbook.consistency.types import type_faults
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
    """Return every fault of a plan, or of the plain data of one; empty if it can be played.

    Parameters
    ----------
    plan
        A plan, whose values have valid types; or a mapping with a plan's keys, as read from a file
        or built by hand, which may be wrong anywhere.
    model
        The type that the mapping should become: `Plan`, or one with more keys.
    lines
        Line of each place of the mapping, counted from 1, if it came from a file.
    """
    data = plan.model_dump(exclude_unset=True) if isinstance(plan, Plan) else plan
    faults = Faults(data, lines or {})
    if not isinstance(plan, Plan):
        type_faults(faults, model, data)
    chain = chain_of(data)
    reference_faults(faults, chain)
    disagreements(faults, chain)
    impossible(faults, chain)
    option_faults(faults, chain)
    return faults.in_order()
