"""The sources of the figures that the plan began with, as the page marks them.

A figure keeps its mark as long as it has that value; a figure that was changed is the learner's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.builder.paths import plain_at
from workbook.cases import Case
from workbook.words import N_, Words

KINDS = {
    "assumed": N_("◇ assumed"),
    "derived": N_("derived"),
    "stated": N_("stated"),
}


def sources_of(case: Case, w: Words) -> dict[str, dict[str, Any]]:
    """Value, mark and ground of each figure that is not the learner's own, by its path."""
    plain = case.plan.model_dump(mode="json")
    return {
        path: {
            "value": plain_at(plain, path),
            "kind": basis.kind,
            "mark": w(KINDS[basis.kind]),
            "ground": w.basis(basis),
        }
        for path, basis in case.basis.items()
        if basis.kind in KINDS and not path.startswith("forks.")
    }


def assumed_in(
    plain: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, tuple[str, ...]]:
    """By milestone, the paths of its figures that still stand as they were assumed."""
    found: dict[str, tuple[str, ...]] = {}
    for path, came in sources.items():
        head, _, rest = path.partition(".")
        if head == "milestones" and came["kind"] == "assumed" and _still(plain, path, came):
            id = rest.partition(".")[0]
            found[id] = (*found.get(id, ()), path)
    return found


def _still(plain: Mapping[str, Any], path: str, came: Mapping[str, Any]) -> bool:
    return bool(plain_at(plain, path) == came["value"])
